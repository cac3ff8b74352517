import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { validateObject } from '../src/validate/validate-objects.ts';
import { ApiServer } from './api-server.ts';
import { compare } from './differential.ts';
import type { Difference } from './differential.ts';
import { mutate } from './mutations.ts';
import { richObjects } from './rich-objects.ts';
import { caseObject, ruleCases } from './rule-cases.ts';

/** What a dry run takes and we refuse all the same, each with its reason. */
const stricter: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/ beyond 32 bits$/, 'server-side apply cuts a number that is too large instead of refusing it'],
  [/^Service .*nodePort negative$/, 'node ports are given out after the dry run ends'],
  [/(sysctls|httpHeaders)\.\d+\.value removed$/, 'the OpenAPI schema requires it, so kubectl refuses it'],
  [
    /(volumeClaimTemplates\.0|jobTemplate)\.metadata\.labels with a bad key$/,
    'the claims and Jobs made from it would be refused',
  ],
];

/** Rules for what a dry run cannot see: ports are given out later, and a namespace in a cluster-scoped object is lost silently. */
const ofOurOwn = ['node-port', 'cluster-scoped'];

const kubeconfig = process.env.USHADOW_TEST_KUBECONFIG;
const show = (differences: readonly Difference[]): string[] =>
  differences.map((d) => `${d.name}: ${d.server ?? d.ours.join('; ')}`);
const podWasDone = (path: string): boolean => /template\.spec\.[^.]+\./i.test(path);

(kubeconfig ? describe : describe.skip)('validation beside a real API server (needs USHADOW_TEST_KUBECONFIG)', () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = new ApiServer(kubeconfig ?? '');
    await server.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'held' } });
  });
  afterAll(() => server.close());

  it.each(richObjects.map((object) => [object.kind, object] as const))(
    '%s: both take the whole object',
    async (_, object) => {
      expect(validateObject(object, '1.37')).toEqual([]);
      expect(await server.dryRun(object)).toBeUndefined();
    },
  );

  it.each(richObjects.map((object) => [object.kind, object] as const))(
    '%s: whatever the server refuses we refuse, and nothing else',
    async (kind, object: KubeObject) => {
      const { compared, missed, invented } = await compare(
        server,
        mutate(object, kind === 'Deployment' ? () => false : podWasDone),
      );
      expect(compared).toBeGreaterThan(40);
      expect(show(missed)).toEqual([]);
      expect(show(invented.filter(({ name }) => !stricter.some(([pattern]) => pattern.test(name))))).toEqual([]);
    },
    120_000,
  );

  it('the examples of every rule are judged alike', async () => {
    const undecided: string[] = [];
    for (const rule of ruleCases) {
      const good = await server.dryRun(caseObject(rule, rule.good));
      if (good !== undefined) undecided.push(`${rule.rule} ${rule.path} should be taken: ${good}`);
      for (const bad of rule.bad)
        if (!ofOurOwn.includes(rule.rule) && (await server.dryRun(caseObject(rule, bad))) === undefined)
          undecided.push(`${rule.rule} ${rule.path} is taken: ${JSON.stringify(bad).slice(0, 80)}`);
    }
    expect(undecided).toEqual([]);
  });
});
