import { randomBytes } from 'node:crypto';

/** Letters, digits, "-" and "_": at home in any URL and any shell. */
export function makeSecret(): string {
  return randomBytes(24).toString('base64url');
}
