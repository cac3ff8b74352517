export { atLeast, EVERYWHERE, type Grant } from './grant.ts';
export { decide, type Decision } from './decide.ts';
export type { Place } from './place.ts';
export { keepVisible } from './keep-visible.ts';
