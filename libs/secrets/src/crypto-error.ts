/** Why a stored or received secret cannot be read. The text never holds the secret, the key or the ciphertext. */
export class SecretsError extends Error {
  override readonly name = 'SecretsError';
  readonly reason: SecretsErrorReason;

  constructor(reason: SecretsErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/**
 * `key-unknown`: written with a key that this ring does not have. `tampered`: changed, moved to another record, or
 * made with another key. `malformed`: not this format at all.
 */
export type SecretsErrorReason = 'key-unknown' | 'tampered' | 'malformed';
