import { describe, expect, it } from '@jest/globals';
import type { CompileResult } from '@ushadow/compiler';
import { parseDesired, wantedText, type CompiledObjects } from './desired-state.ts';

const web = { kind: 'Deployment', group: 'apps', version: 'v1', namespace: 'n', name: 'web' };
const compiled: CompiledObjects = {
  objects: [{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'n' } }],
  dependencies: [],
  environment: [],
};

describe('what is kept of a compiled service', () => {
  it('is the same thing wanted wherever it is written: a moved line is no change', () => {
    const texts = [mapped(3), mapped(7)].map((sourceMap) => JSON.stringify({ ...compiled, sourceMap }));
    expect(new Set(texts.map(wantedText))).toEqual(new Set([JSON.stringify(compiled)]));
  });

  it('is another thing once an object differs', () => {
    const other = { ...compiled, objects: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web' } }] };
    expect(wantedText(JSON.stringify(other))).not.toBe(wantedText(JSON.stringify(compiled)));
  });

  it('names the lines of its fields, and none where it was stored without them', () => {
    const state = parseDesired(JSON.stringify({ ...compiled, sourceMap: mapped(3) }));
    const place = { path: '/services/web/image', file: 'compose.yaml', line: 3, column: 5 };
    expect(state.sources).toEqual([{ object: web, pointer: '/spec', ...place }]);
    expect(parseDesired(JSON.stringify(compiled)).sources).toEqual([]);
  });
});

function mapped(line: number): CompileResult['sourceMap'] {
  const position = { file: 'compose.yaml', line, column: 5 };
  return [{ object: web, pointer: '/spec', path: '/services/web/image', position }];
}
