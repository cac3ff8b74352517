import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, namespace } from '../../test/workloads.ts';
import { planDeployment } from '../plan-deployment.ts';

const claim: KubeObject = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'data', namespace },
  spec: { accessModes: ['ReadWriteOnce'] },
};

/** Somebody annotates the object after it was read and before each of so many dry runs. */
async function planned(object: KubeObject, wanted: KubeObject, times: number) {
  const cluster = new FakeCluster();
  await runFake([object], cluster);
  const before = await planDeployment({ objects: [wanted], dependencies: [] }, cluster);
  let left = times;
  cluster.fault = (moment, operation) => {
    if (moment !== 'before' || !operation.startsWith('dry-run') || left === 0) return;
    left -= 1;
    const there = [...cluster.objects.values()].find(({ kind }) => kind === object.kind) ?? object;
    const annotations = { ...there.metadata.annotations, [`bound-${String(left)}`]: 'yes' };
    const others = (there.metadata['managedFields'] ?? []) as { manager: string }[];
    const managedFields = [...others.filter(({ manager }) => manager !== 'binder'), { manager: 'binder' }];
    cluster.set({ ...there, metadata: { ...there.metadata, annotations, managedFields } } as KubeObject);
  };
  const during = await planDeployment({ objects: [wanted], dependencies: [] }, cluster);
  return { before, during, calls: cluster.calls };
}

describe('what others write between the read and the dry run of an object', () => {
  it('is no change of ours, and the plan is the one that was approved', async () => {
    const { before, during } = await planned(claim, claim, 1);
    expect(during.entries[0]?.changes).toEqual([]);
    expect(during.hash).toBe(before.hash);
  });

  it('leaves what is changed on purpose in the plan, and nothing else', async () => {
    const { during } = await planned(configMap('a', { x: '1' }), configMap('a', { x: '2' }), 1);
    expect(during.entries[0]?.changes.map(({ path }) => path)).toEqual(['data.x']);
  });

  it('is looked at no more than a few times where it does not end', async () => {
    const { during, calls } = await planned(claim, claim, 1_000);
    expect(objectId(claim)).toEqual(during.entries[0]?.object);
    expect(calls.filter((call) => call.startsWith('dry-run')).length).toBeLessThan(10);
  });
});

describe('a secret value that a difference shows', () => {
  const password = 'hunter2-hunter2-hunter2';
  const long = (tail: string): string => `${'x'.repeat(390)}${tail}`;
  const shown = async (wanted: KubeObject[], redact?: (text: string) => string): Promise<string> => {
    const cluster = new FakeCluster();
    await runFake([configMap('a', { x: long('before') })], cluster);
    const plan = await planDeployment(
      { objects: wanted, dependencies: [] },
      cluster,
      {},
      redact === undefined ? {} : { redact },
    );
    return JSON.stringify(plan.entries.find(({ object }) => object.kind === 'ConfigMap')?.changes);
  };

  it('is masked before a long text is cut off, so that no part of it is left', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's', namespace }, stringData: { password } };
    const own = await shown([configMap('a', { x: long(password) }), secret]);
    const known = await shown([configMap('a', { x: long(password) })], (text) => text.replaceAll(password, '****'));
    for (const text of [own, known]) {
      expect(text).toContain('data.x');
      expect(text).not.toContain('hunter2');
    }
  });
});
