import { holdsLogin } from './literal-secrets.ts';
import { hasSecretForm } from './value-signs.ts';
import type { Veil } from './veil.ts';
import { isVeiled } from './veil.ts';

/** Whether a file holds a secret that is known, or that shows by its form; what is no text does not. */
export function holdsSecret(content: string | Uint8Array, veil: Veil): boolean {
  if (typeof content !== 'string') return false;
  const isKnown = veil.some(({ value, recognisable }) => recognisable && content.includes(value));
  return isKnown || isVeiled(content) || hasSecretForm(content) || holdsLogin(content);
}
