import { recognisers } from './recognisers.ts';

const typeByName = new Map(recognisers.flatMap(({ type, names }) => names.map((name) => [name, type] as const)));
const typeByWord = new Map([
  ...recognisers.flatMap(({ type, portNames = [] }) => portNames.map((name) => [name, type] as const)),
  ...typeByName,
]);

/** The last word that names a type: of `keycloak-postgresql` the second, for it is a PostgreSQL, that of Keycloak. */
export function lastTypeWord(words: readonly string[]): string | undefined {
  return words.findLast((word) => typeByName.has(word));
}

/** The type that words name. */
export function typeOfWords(words: readonly string[]): string | undefined {
  return typeByName.get(lastTypeWord(words) ?? '');
}

/** Every type that a word stands for, those that only a port is called by among them. */
export function typesOfWords(words: readonly string[]): readonly string[] {
  return words.flatMap((word) => typeByWord.get(word) ?? []);
}

/** Whole words of a name: `my-mongo_2.db` gives my, mongo, 2, db; a trailing version is cut (`postgres15`). */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => [word, word.replace(/\d+$/, '')])
    .filter((word, index, words) => word !== '' && word !== words[index - 1]);
}
