import { createHmac } from 'node:crypto';

/** Tells equal values without showing them; keyed, so that a short secret cannot be guessed from its digest. */
export class ValueDigest {
  private readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key;
  }

  of(variable: string, value: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([variable, value]))
      .digest('base64url');
  }
}
