import { describe, expect, it } from '@jest/globals';
import { fixturesMissing, named, table } from '../../testing/fixtures.ts';
import { Report } from '../diagnostics/report.ts';
import { map, scalar } from '../tree/node.ts';
import type { Node } from '../tree/node.ts';
import { entry } from '../tree/node.ts';
import { interpolate } from './interpolate.ts';

interface Case {
  readonly n: number;
  readonly path: string;
  readonly raw: string;
  readonly env: Record<string, string>;
  readonly expect?: unknown;
  readonly error?: string;
  readonly warn?: boolean;
}

const at = { file: 'f', line: 1, column: 1 };
const fallback: Case[] = [{ n: 0, path: 'services.*.tty', raw: '${X}', env: { X: 'yes' }, expect: true, warn: true }];
const { casts } = table<{ casts: readonly Case[] }>('compose-go/derived/interpolation-cases.json', { casts: fallback });

describe(named('casts after interpolation'), () => {
  (fixturesMissing ? it.skip : it).each(casts)('row $n: $path from $raw', (row) => {
    const steps = row.path.replaceAll('*', 'web').split('.');
    const tree = steps.reduceRight<Node>((node, step) => map([[step, node]], at), scalar(row.raw, at));
    const report = new Report({ diagnosticsMax: 10, suggestionsMax: 10 });
    const result = interpolate(tree, {
      lookup: (name) => row.env[name],
      report,
      work: { write: () => undefined },
      unset: new Set(),
    });
    const codes = report.all().map(({ code }) => code);
    if (row.error) {
      expect(codes).toEqual(['CPS0204']);
      return;
    }
    const value = steps.reduce<Node | undefined>((node, step) => entry(node, step), result);
    expect(value).toMatchObject({ value: row.expect });
    expect(codes).toEqual(row.warn ? ['CPS0205'] : []);
  });
});
