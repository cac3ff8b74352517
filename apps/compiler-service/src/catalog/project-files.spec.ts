import { describe, expect, it } from '@jest/globals';
import { gatherText } from '../testing/gather-text.ts';
import { digestOf, projectFiles } from './project-files.ts';

const text = `services:
  a: {image: i, env_file: a.env, volumes: ["./conf:/etc/conf:ro", "/outside:/o"], configs: [c]}
configs: {c: {file: ./c.txt}}
`;

const KEY = Buffer.alloc(32, 7);

function read(files: Readonly<Record<string, string>>) {
  const all = {
    '/c/a.env': 'A=1',
    '/c/c.txt': 'c',
    '/c/conf/x': 'x',
    '/c/other.txt': 'o',
    '/outside/y': 'y',
    ...files,
  };
  const { source, gathered } = gatherText(text, { files: all });
  return projectFiles(source, gathered.loaded.result);
}

describe('projectFiles', () => {
  it('are those that the project names inside its folder', () => {
    expect(read({}).map(({ path }) => path)).toEqual(['a.env', 'a.yaml', 'c.txt', 'conf/x']);
  });

  it('have another digest when the content of one changes, and the same when another file does', () => {
    const digest = digestOf(read({}), KEY);
    expect(digestOf(read({ '/c/other.txt': 'changed', '/outside/y': 'changed' }), KEY)).toBe(digest);
    for (const path of ['/c/a.env', '/c/c.txt', '/c/conf/x']) {
      expect(digestOf(read({ [path]: 'B=2' }), KEY)).not.toBe(digest);
    }
  });

  it('have a digest that tells nothing to whoever does not have the key', () => {
    expect(digestOf(read({}), Buffer.alloc(32, 8))).not.toBe(digestOf(read({}), KEY));
  });
});
