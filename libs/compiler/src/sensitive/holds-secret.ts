import { isRecognisable } from './carried-secrets.ts';
import type { Veil } from './veil.ts';
import { isVeiled } from './veil.ts';

/** Whether a file holds a secret that is known; what is no text does not. */
export function holdsSecret(content: string | Uint8Array, veil: Veil): boolean {
  if (typeof content !== 'string') return false;
  return isVeiled(content) || veil.some(({ value }) => isRecognisable(value) && content.includes(value));
}
