import type { LoadLimits } from './load-input.ts';

/** Room for a thousand services; some fifty times what the largest known project has (20 services, 1,800 nodes). A load takes half a second. */
export const DEFAULT_LIMITS: LoadLimits = {
  fileBytesMax: 1024 * 1024,
  totalBytesMax: 4 * 1024 * 1024,
  tokensMax: 400_000,
  syntaxErrorsMax: 100,
  documentsMax: 500,
  depthMax: 100,
  pathLengthMax: 4_000,
  nodesMax: 80_000,
  servicesMax: 1_000,
  includesMax: 200,
  includeDepthMax: 50,
  extendsDepthMax: 100,
  workMax: 200_000,
  charactersMax: 2 * 1024 * 1024,
  suggestionsMax: 50,
  diagnosticsMax: 500,
};

/** Bounds on one text with variables, in a load or outside of one. Counts of levels and characters. */
export const TEMPLATE_LIMITS = {
  /** Of defaults inside defaults: deeper is never meant, and each level is read again. */
  nestingMax: 40,
  /** Of the text that comes out. */
  charactersMax: 256 * 1024,
  /** Of all values of one env file together, where each may repeat those above it. */
  envFileCharactersMax: 1024 * 1024,
} as const;
