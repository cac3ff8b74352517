import { randomBytes } from 'node:crypto';

/** A password that nobody guesses. */
export async function makeSecret(): Promise<string> {
  const { bytesFor, secretFormats, secretFrom } = await import('@ushadow/environment');
  const { password } = secretFormats;
  return secretFrom(password, randomBytes(bytesFor(password)));
}
