/** Whole words of a name: `my-mongo_2.db` gives my, mongo, 2, db; a trailing version is cut (`postgres15`). */
export function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .flatMap((word) => [word, word.replace(/\d+$/, '')])
    .filter((word, index, words) => word !== '' && word !== words[index - 1]);
}
