import { SeededRandom } from '@ushadow/testing';

/** Of a run that nobody gave one: the same each time, so that what fails fails again. */
const DEFAULT_SEED = 1;

/** The seed of this run; `npm run test:faults -- --seed N` sets it, by way of jest.config.mjs. */
export const seed = (globalThis as { faultsSeed?: number }).faultsSeed ?? DEFAULT_SEED;

/** Chance for one part of a run, independent of the others. */
export function chance(part: string): SeededRandom {
  return new SeededRandom(seed).fork(part);
}

/** Short, so that a kill costs seconds; the least the deployer accepts. */
export const LEASE_SECONDS = 3;
