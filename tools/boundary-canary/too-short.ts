// as libs/secrets/src/canary.ts
// expect ushadow/min-lines 1
// lines 9
export const used = 1;
