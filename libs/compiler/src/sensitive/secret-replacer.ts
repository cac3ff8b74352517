import type { CompileInput } from '../compile-input.ts';
import type { SecretPlaceholders } from './secret-placeholders.ts';
import { withPlaceholdersForWords, withRecognisablePlaced } from './secret-placeholders.ts';
import { writtenIn } from './written-in.ts';

/** The text of a place with a placeholder for each secret that is known there: by itself, or since the file says so. */
export type SecretReplacer = (text: string, path: string) => string;

/** One for all placeholders of an input. */
export function secretReplacer(placeholders: SecretPlaceholders, input: CompileInput): SecretReplacer {
  const known = replacers.get(placeholders);
  if (known !== undefined) return known;
  const replacer = makeReplacer(placeholders, input);
  replacers.set(placeholders, replacer);
  return replacer;
}

const replacers = new WeakMap<SecretPlaceholders, SecretReplacer>();

function makeReplacer(
  placeholders: SecretPlaceholders,
  { templates = [], variables = {} }: CompileInput,
): SecretReplacer {
  const written = writtenIn(templates, variables);
  return (text, path) => {
    const isNamed = written(text, path);
    const recognised = withRecognisablePlaced(text, placeholders);
    return withPlaceholdersForWords(recognised, placeholders, (secret) => secret.names.some(isNamed));
  };
}
