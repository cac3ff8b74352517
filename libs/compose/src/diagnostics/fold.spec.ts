import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Diagnostic } from './diagnostic.ts';
import { foldDiagnostics } from './fold.ts';

const finding = fc.record({
  code: fc.constantFrom('A1', 'A2', 'A3'),
  severity: fc.constantFrom('error' as const, 'warning' as const, 'info' as const),
  message: fc.string(),
  remedy: fc.string(),
  path: fc.constantFrom('/services/a', '/services/b', ''),
  params: fc.record({ key: fc.constantFrom('ports', 'init') }),
});

describe('folded findings', () => {
  it('say each kind once, and lose no place and no error', () => {
    fc.assert(
      fc.property(fc.array(finding), (all: readonly Diagnostic[]) => {
        const folded = foldDiagnostics(all);
        const kinds = folded
          .filter(({ severity }) => severity !== 'error')
          .map(({ severity, code, params }) => `${severity} ${code} ${String(params?.['key'])}`);
        expect(new Set(kinds).size).toBe(kinds.length);
        expect(folded.reduce((count, { places }) => count + 1 + places.length, 0)).toBe(all.length);
        const errors = (list: readonly Diagnostic[]) => list.filter(({ severity }) => severity === 'error').length;
        expect(errors(folded)).toBe(errors(all));
      }),
    );
  });

  it('stand where their kind was found first', () => {
    const of = (code: string, path: string): Diagnostic => ({ code, severity: 'info', message: '', remedy: '', path });
    const folded = foldDiagnostics([of('A', '/1'), of('B', '/2'), of('A', '/3')]);
    expect(folded.map(({ code, path, places }) => [code, path, places.map((each) => each.path)])).toEqual([
      ['A', '/1', ['/3']],
      ['B', '/2', []],
    ]);
  });
});
