import { holdsLogin } from './literal-secrets.ts';
import { hasSecretForm } from './value-signs.ts';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { hasPlaceholder, secretsIn } from './secret-placeholders.ts';

/** Whether a file holds a secret that is known, or that shows by its form; what is no text does not. */
export function holdsSecret(content: string | Uint8Array, placeholders: SecretPlaceholders): boolean {
  if (typeof content !== 'string') return false;
  const known = judged.get(placeholders) ?? new Map<string, boolean>();
  judged.set(placeholders, known);
  const answer = known.get(content) ?? judge(content, placeholders);
  known.set(content, answer);
  return answer;
}

/** Many services may use one file: it is judged once. */
const judged = new WeakMap<SecretPlaceholders, Map<string, boolean>>();

function judge(content: string, placeholders: SecretPlaceholders): boolean {
  const isKnown = secretsIn(content, placeholders).some(({ recognisable }) => recognisable);
  return isKnown || hasPlaceholder(content) || hasSecretForm(content) || holdsLogin(content);
}
