import type { CompileInput } from '../compile-input.ts';
import type { Veil } from './secret-placeholders.ts';
import { recognised, veiledWords } from './secret-placeholders.ts';
import { writtenIn } from './written-in.ts';

/** The text of a place with a stand-in for each secret that is known there: by itself, or since the file says so. */
export type Cover = (text: string, path: string) => string;

export function coverOf(veil: Veil, { templates = [], variables = {} }: CompileInput): Cover {
  const written = writtenIn(templates, variables);
  return (text, path) => {
    const isNamed = written(text, path);
    return veiledWords(recognised(text, veil), veil, (secret) => secret.names.some(isNamed));
  };
}
