/** A registry's credential as it is stored. */
export interface StoredPullSecret {
  readonly registry: string;
  readonly username: string;
  /** Envelope-encrypted. */
  readonly password: string;
  readonly version: number;
  readonly updatedAt: Date;
}

export type PullSecret = Pick<StoredPullSecret, 'registry' | 'username' | 'updatedAt'>;
