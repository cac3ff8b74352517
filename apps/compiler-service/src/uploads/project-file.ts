/** One file of an uploaded project. */
export interface ProjectFile {
  /** Below the project's folder, with "/". */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}
