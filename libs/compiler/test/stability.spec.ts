import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parseDocument, visit } from 'yaml';
import { printYaml } from '@ushadow/kubernetes';
import { compileFile } from './harness/compile-file.ts';
import { diskFiles } from './harness/disk-files.ts';
import { composeFixtures } from './harness/fixture-files.ts';

const files = composeFixtures().map(({ path }) => path);

/** The same file with the keys of every mapping the other way round; undefined where anchors tie the order. */
function reversed(path: string): string | undefined {
  const text = readFileSync(path, 'utf8');
  if (/[&*]\w/.test(text)) return undefined;
  const document = parseDocument(text, { merge: true });
  visit(document, { Map: (_, map) => void map.items.reverse() });
  return document.toString({ lineWidth: 0 });
}

const bytes = (path: string, text?: string): string => {
  const port =
    text === undefined
      ? diskFiles
      : { ...diskFiles, read: (asked: string) => (asked === path ? text : diskFiles.read(asked)) };
  const { result } = compileFile([path], { port });
  return printYaml(result?.objects ?? []);
};

const known = new Map<string, string>();
/** What both tests compare with, compiled once. */
function firstBytes(path: string): string {
  const first = known.get(path) ?? bytes(path);
  known.set(path, first);
  return first;
}

(files.length ? describe : describe.skip)('output of every fixture (needs the fixtures folder)', () => {
  it('is the same bytes in two runs', () => {
    const differ = files.filter((path) => firstBytes(path) !== bytes(path));
    expect(differ).toEqual([]);
  });

  it('does not depend on the order of keys', () => {
    const pairs = files.map((path) => [path, reversed(path)] as const).filter(([, text]) => text !== undefined);
    expect(pairs.length).toBeGreaterThan(files.length / 2);
    expect(pairs.filter(([path, text]) => firstBytes(path) !== bytes(path, text)).map(([path]) => path)).toEqual([]);
  });
});
