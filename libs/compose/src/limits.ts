import type { LoadLimits } from './load-input.ts';

/** Generous for projects people write, and small enough that a load stays below a second or two. */
export const DEFAULT_LIMITS: LoadLimits = {
  fileBytesMax: 2 * 1024 * 1024,
  totalBytesMax: 8 * 1024 * 1024,
  tokensMax: 1_000_000,
  syntaxErrorsMax: 100,
  documentsMax: 1_000,
  depthMax: 100,
  pathLengthMax: 4_000,
  nodesMax: 200_000,
  servicesMax: 5_000,
  includesMax: 500,
  includeDepthMax: 50,
  extendsDepthMax: 100,
  workMax: 1_000_000,
  charactersMax: 16 * 1024 * 1024,
  suggestionsMax: 50,
  diagnosticsMax: 500,
};

/** Bounds on one text with variables, in a load or outside of one. Counts of levels and characters. */
export const TEMPLATE_LIMITS = {
  /** Of defaults inside defaults: deeper is never meant, and each level is read again. */
  nestingMax: 40,
  /** Of the text that comes out. */
  charactersMax: 1024 * 1024,
  /** Of all values of one env file together, where each may repeat those above it. */
  envFileCharactersMax: 4 * 1024 * 1024,
} as const;
