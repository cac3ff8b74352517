import type { CompileInput } from '../compile-input.ts';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { withRecognisablePlaced, withPlaceholdersForWords } from './secret-placeholders.ts';
import { writtenIn } from './written-in.ts';

/** The text of a place with a placeholder for each secret that is known there: by itself, or since the file says so. */
export type SecretReplacer = (text: string, path: string) => string;

export function secretReplacer(
  placeholders: SecretPlaceholders,
  { templates = [], variables = {} }: CompileInput,
): SecretReplacer {
  const written = writtenIn(templates, variables);
  return (text, path) => {
    const isNamed = written(text, path);
    return withPlaceholdersForWords(withRecognisablePlaced(text, placeholders), placeholders, (secret) =>
      secret.names.some(isNamed),
    );
  };
}
