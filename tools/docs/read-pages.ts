import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command } from '../check/command.ts';
import { parsePage, type Page } from './page.ts';

/** Every markdown file of the repository, those that are not added yet too. */
export async function readPages(root: string): Promise<readonly Page[]> {
  const { output } = await command(root, 'git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md']);
  const paths = output.split('\n').filter((line) => line !== '');
  const texts = await Promise.all(paths.map((path) => readFile(join(root, path), 'utf8').catch(() => undefined)));
  // A file that was removed and not committed is listed and cannot be read.
  return paths.flatMap((path, index) => {
    const text = texts[index];
    return text === undefined ? [] : [parsePage(path, text)];
  });
}
