import type { CompileInput } from '../compile-input.ts';
import type { Veil } from './veil.ts';
import { recognised, veiledWords } from './veil.ts';
import { writtenIn } from './written-in.ts';

/** The text of a place with a stand-in for each secret that is known there: by itself, or since the file says so. */
export type Cover = (text: string, path: string) => string;

/** One for each veil, which is made for one input. */
export function coverOf(veil: Veil, input: CompileInput): Cover {
  const known = covers.get(veil);
  if (known !== undefined) return known;
  const cover = makeCover(veil, input);
  covers.set(veil, cover);
  return cover;
}

const covers = new WeakMap<Veil, Cover>();

function makeCover(veil: Veil, { templates = [], variables = {} }: CompileInput): Cover {
  const written = writtenIn(templates, variables);
  return (text, path) => {
    const isNamed = written(text, path);
    return veiledWords(recognised(text, veil), veil, (secret) => secret.names.some(isNamed));
  };
}
