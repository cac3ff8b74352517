// as libs/secrets/src/canary.ts
// expect max-lines 1
// lines 301
export const used = 1;
