import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { CompileResult } from '../src/index.ts';
import { compileFile } from './harness/compile-file.ts';
import { composeFixtures, fixtures } from './harness/fixture-files.ts';

const own = join(import.meta.dirname, '../fixtures');
const projects = (folder: string): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .map((name) => join(folder, name, 'compose.yaml'))
        .filter((file) => existsSync(file))
    : [];
const files = [
  ...projects(own),
  ...projects(join(fixtures, 'reports')),
  ...composeFixtures().flatMap(({ path, standalone }) => (standalone ? [path] : [])),
];

/** Generic findings about keys, by what they claim. */
const NOT_CARRIED = new Set(['CMP1001', 'CMP1002', 'CMP0460']);
const GENERIC = new Set([...NOT_CARRIED, 'CMP1003']);

const isBelow = (path: string, pointer: string): boolean => path === pointer || path.startsWith(`${pointer}/`);

function contradictions({ diagnostics, sourceMap }: CompileResult): readonly string[] {
  const carried = diagnostics.filter(
    ({ code, path }) => NOT_CARRIED.has(code) && sourceMap.some((entry) => isBelow(entry.path, path)),
  );
  const twice = diagnostics.filter(
    (each) =>
      GENERIC.has(each.code) &&
      diagnostics.some((other) => other !== each && isBelow(other.path, each.path) && !GENERIC.has(other.code)),
  );
  return [...carried, ...twice].map(({ code, path }) => `${code} ${path}`);
}

describe('what is said of the keys of real projects', () => {
  const compiled = files.flatMap((file) => {
    const { result } = compileFile([file]);
    return result === undefined ? [] : [{ file, result }];
  });

  it('is never that a key is not carried over which the objects show, nor two things of one key', () => {
    expect(compiled.length).toBeGreaterThan(10);
    expect(compiled.flatMap(({ file, result }) => contradictions(result).map((found) => `${file} ${found}`))).toEqual(
      [],
    );
  });

  it('names services that there are', () => {
    const ghosts = compiled.flatMap(({ file, result }) => {
      const names = new Set(result.services.map(({ service }) => service));
      return result.diagnostics.flatMap(({ code, path, params }) => {
        // What a plug-in provides is no service of ours.
        if (path.endsWith('/provider')) return [];
        const [, section, name = ''] = path.split('/');
        const named = [section === 'services' ? name.replaceAll('~1', '/').replaceAll('~0', '~') : undefined];
        const service = typeof params?.['service'] === 'string' ? params['service'] : undefined;
        return [...named, service].some((each) => each !== undefined && !names.has(each))
          ? [`${file} ${code} ${path} ${String(service)}`]
          : [];
      });
    });
    expect(ghosts).toEqual([]);
  });
});
