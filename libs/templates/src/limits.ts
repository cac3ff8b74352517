/** Bounds on what one template may ask for. Characters of text, counts of pieces. */
export const IMPORT_LIMITS = {
  /** Of one file; the largest known template has 30,000. */
  fileCharactersMax: 1024 * 1024,
  /** Of one value, with all it refers to: references of references grow fast. */
  valueCharactersMax: 64 * 1024,
  /** Of all values and files together that variables are filled into. */
  filledCharactersMax: 4 * 1024 * 1024,
  /** Of variables, domains and files, each. */
  entriesMax: 1_000,
  /** Of references behind references. */
  nestingMax: 100,
  /** Of a generated value, as a helper may ask for it. */
  generatedMax: 1_024,
  findingsMax: 200,
} as const;
