import { describe, expect, it } from '@jest/globals';
import { operations, wholePlan, type PlanData, clusterTarget } from '@ushadow/contracts';
import type { PlanEntry } from '@ushadow/deploy-engine';
import { NO_CONTENT } from '../content/stack-content.ts';
import { optionsOf } from '../deployments/deploy-options.ts';
import { toContract } from './plan.mapper.ts';
import type { StoredPlan } from './plan.ts';

const MESSAGE_BYTES = 1024 * 1024;
const id = '00000000-0000-4000-8000-00000000000c';

const entry = (name: string, after: string): PlanEntry => ({
  object: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name },
  action: 'update',
  changes: [{ path: 'data.text', change: 'changed', before: '"old"', after }],
  desiredDigest: '',
  changeDigest: '',
  verified: true,
  warnings: [],
});

const stored = (entries: readonly PlanEntry[]): StoredPlan => ({
  ...{
    id,
    stackId: id,
    target: clusterTarget('0123456789abcdef'),
    namespace: 'shop',
    project: 'shop',
    services: ['web'],
  },
  ...{ kind: 'deploy' as const, basedOn: null, about: null },
  ...{ baseRevision: null, desiredDigest: '', options: optionsOf({}), missingPermissions: [], diagnostics: [] },
  plan: { entries, newNamespaces: [], podSecurity: [], problems: [], warnings: [], hash: '' },
  ...{ hash: '', replaces: null, actor: 'operator', requestId: 'r', createdAt: new Date(0), expiresAt: new Date(0) },
});

const update = { selected: ['web'], gone: [], content: NO_CONTENT, change: {} };

async function pagesOf(plan: StoredPlan): Promise<{ readonly pages: PlanData[]; readonly whole: PlanData }> {
  const page = (from = 0): PlanData => operations.getPlan.output.parse(toContract(plan, update, from));
  const pages = [page()];
  const whole = await wholePlan(pages[0] ?? page(), ({ cursor }) => {
    const next = page(Number(cursor));
    pages.push(next);
    return Promise.resolve(next);
  });
  return { pages, whole };
}

describe('a plan of more than a message carries', () => {
  it('is told in pages, each object once and in order, each page well within a message', async () => {
    const entries = Array.from({ length: 1_000 }, (_, i) => entry(`part-${String(i)}`, `"${'x'.repeat(3_000)}"`));
    const { pages, whole } = await pagesOf(stored(entries));
    expect(pages.length).toBeGreaterThan(5);
    for (const each of pages) expect(JSON.stringify(each).length).toBeLessThan(MESSAGE_BYTES / 2);
    expect(whole.objects.map(({ object }) => object)).toEqual(
      entries.map(({ object }) => `ConfigMap/shop/${object.name}`),
    );
    expect(whole).toMatchObject({ counts: { update: 1_000 }, next_cursor: null });
  });

  it('tells the start of a long value, and that there is more of it', async () => {
    const { pages, whole } = await pagesOf(
      stored([entry('large', `"${'x'.repeat(900_000)}"`), entry('small', '"new"')]),
    );
    expect(pages).toHaveLength(1);
    const [large, small] = whole.objects.map(({ changes }) => changes[0]);
    expect(large).toMatchObject({ before: '"old"', cut: true });
    expect(large?.after?.length).toBeLessThan(10_000);
    expect(small).toEqual({ path: 'data.text', change: 'changed', before: '"old"', after: '"new"' });
  });

  it('small enough is one page', async () => {
    expect((await pagesOf(stored([entry('a', '1')]))).pages).toMatchObject([{ next_cursor: null, objects: [{}] }]);
  });
});
