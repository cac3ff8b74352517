/** In no tsconfig: what is wrong here is seen by nobody, unless the file itself is missed. */
export const growth: number = 'no number';
