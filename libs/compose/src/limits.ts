import type { LoadLimits } from './load-input.ts';

/** Generous for projects people write, and small enough that a load stays below a second. */
export const DEFAULT_LIMITS: LoadLimits = {
  fileBytesMax: 2 * 1024 * 1024,
  totalBytesMax: 8 * 1024 * 1024,
  depthMax: 100,
  nodesMax: 200_000,
  includesMax: 500,
  diagnosticsMax: 500,
};
