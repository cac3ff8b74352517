/** The reference program, the files of the corpus and ways to use them: for tests of whoever shows what the loader gives. */
export { fixtures, fixturesMissing } from './fixtures.ts';
export { HeldMemory } from './held-memory.ts';
export { mutated, PIECES } from './mutate.ts';
export { differences } from './normalise.ts';
export { findReference } from './reference.ts';
export type { Run } from './reference.ts';
export { allRuns } from './runs.ts';
