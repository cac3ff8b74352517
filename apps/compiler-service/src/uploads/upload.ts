/** An uploaded project; what its files say stays sealed. */
export interface Upload {
  readonly name: string;
  /** New with each upload of the name. */
  readonly revision: string;
  readonly uploadedAt: Date;
  readonly uploadedBy: string;
  /** Why it is not read any more, after it could not be twice. */
  readonly setAsideFor: string | undefined;
  /** When it goes, since nothing is made of it; null: it stays. */
  readonly goesAt: Date | null;
  readonly files: readonly { readonly path: string; readonly bytes: number }[];
}
/** One file of an uploaded project. */
export interface ProjectFile {
  /** Below the project's folder, with "/". */
  readonly path: string;
  readonly content: Uint8Array;
  readonly executable: boolean;
}
