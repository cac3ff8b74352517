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
/** Bounds on what one load may cost. Sizes in bytes, counts in pieces. Each has a diagnostic of its own. */
export interface LoadLimits {
  /** Of one file. */
  readonly fileBytesMax: number;
  /** Of all files of one load together. */
  readonly totalBytesMax: number;
  /** Of the pieces that YAML text falls into, over all files: what reading it costs before anything is understood. */
  readonly tokensMax: number;
  /** Of syntax errors after which a file is read no further. */
  readonly syntaxErrorsMax: number;
  /** Of YAML documents over all files. */
  readonly documentsMax: number;
  /** Of nested collections in one file. */
  readonly depthMax: number;
  /** Of the names that lead to a node, in characters. */
  readonly pathLengthMax: number;
  /** Of YAML nodes after aliases are followed, over all files; a long text counts as several, see `weightOf`. */
  readonly nodesMax: number;
  /** Of services of one project, with those it includes. */
  readonly servicesMax: number;
  /** Of `include` entries followed. */
  readonly includesMax: number;
  /** Of files that include each other, one inside the other. */
  readonly includeDepthMax: number;
  /** Of services that extend each other, one on the other. */
  readonly extendsDepthMax: number;
  /** Of nodes looked at by the steps that can meet one node many times: interpolation, layers, `extends`, `include`. */
  readonly workMax: number;
  /** Of texts made from variables and of env files read, each time they are. */
  readonly charactersMax: number;
  /** Of names looked for that are like an unknown one. */
  readonly suggestionsMax: number;
  /** Of diagnostics reported; the rest is counted. */
  readonly diagnosticsMax: number;
}
