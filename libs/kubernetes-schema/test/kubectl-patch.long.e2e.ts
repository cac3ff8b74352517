import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { patchCases } from './patch-cases.ts';

const kubectl = process.env.USHADOW_KUBECTL ?? 'kubectl';

function answers(program: string): boolean {
  try {
    execFileSync(program, ['version', '--client'], { stdio: 'ignore', timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

(answers(kubectl) ? describe : describe.skip)(
  'patch cases beside kubectl (needs kubectl on PATH or USHADOW_KUBECTL)',
  () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'ushadow-patch-'));
    });
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    it.each(patchCases.map((c) => [c.name, c] as const))('%s', (_, { type, object, patch, expected }) => {
      const file = join(folder, 'object.json');
      writeFileSync(file, JSON.stringify(object));
      const out = execFileSync(
        kubectl,
        ['patch', '--local', '-f', file, '--type', type, '-p', JSON.stringify(patch), '-o', 'json'],
        { encoding: 'utf8', timeout: 20_000 },
      );
      expect(withoutZeros(JSON.parse(out))).toEqual(withoutZeros(expected));
    });
  },
);

/** kubectl writes some empty fields of its own: status, creationTimestamp, resources, strategy. */
function withoutZeros(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeros);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).map(([key, item]) => [key, withoutZeros(item)] as const);
  const isZero = (item: unknown): boolean =>
    item === null || (typeof item === 'object' && Object.keys(item).length === 0);
  return Object.fromEntries(kept.filter(([key, item]) => key !== 'status' && !isZero(item)));
}
