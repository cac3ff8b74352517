import { holdsLogin } from './literal-secrets.ts';
import { hasSecretForm } from './value-signs.ts';
import type { Veil } from './secret-placeholders.ts';
import { isVeiled, secretsIn } from './secret-placeholders.ts';

/** Whether a file holds a secret that is known, or that shows by its form; what is no text does not. */
export function holdsSecret(content: string | Uint8Array, veil: Veil): boolean {
  if (typeof content !== 'string') return false;
  const isKnown = secretsIn(content, veil).some(({ recognisable }) => recognisable);
  return isKnown || isVeiled(content) || hasSecretForm(content) || holdsLogin(content);
}
