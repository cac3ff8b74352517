import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import type { DeployResult, InventoryEntry } from '../src/index.ts';
import { remove } from '../src/index.ts';
import { configMap, image } from './testing/objects.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(90_000);

const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const newNamespace = async (): Promise<string> => {
  const name = uniqueName('removal');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'test' });
  return name;
};

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

async function removeAll(
  inventory: readonly InventoryEntry[],
  confirmDelete: readonly ObjectId[] = [],
): Promise<DeployResult> {
  const removal = remove(inventory, cluster, { deadlineMs: 30_000, confirmDelete }, { clock: systemClock });
  for (;;) {
    const step = await removal.next();
    if (step.done === true) return step.value;
  }
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    await systemClock.timer(100).elapsed;
  }
}

/** A kind of its own for each test, served in the given versions; the first is stored. */
function definitionOf(name: string, versions: readonly string[]): KubeObject {
  const group = `${name}.test.ushadow.io`;
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `things.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { kind: 'Thing', plural: 'things' },
      versions: versions.map((version, index) => ({ name: version, served: true, storage: index === 0, schema })),
    },
  };
}

async function withThing(
  name: string,
  work: (parts: {
    definition: KubeObject;
    thing: KubeObject;
    kept: KubeObject;
    inventory: readonly InventoryEntry[];
  }) => Promise<void>,
): Promise<void> {
  const namespace = await newNamespace();
  const definition = definitionOf(name, ['v1', 'v1beta1']);
  const { group } = definition['spec'] as { group: string };
  const thing = { apiVersion: `${group}/v1beta1`, kind: 'Thing', metadata: { name: 't', namespace } };
  const kept = configMap(namespace, 'kept', { a: '1' });
  await run([definition], cluster);
  const { result } = await run([kept, thing], cluster);
  expect(result).toMatchObject({ verdict: 'succeeded', inventory: [{}, {}] });
  try {
    await work({ definition, thing, kept, inventory: result.inventory });
  } finally {
    await cluster.delete(objectId(definition));
  }
}

async function noMore(definition: KubeObject): Promise<void> {
  await cluster.delete(objectId(definition));
  await until(async () => ((await cluster.get(objectId(definition))) === undefined ? true : undefined));
}

describe('a removal on a real API server, of what is of a kind that was defined', () => {
  it('succeeds where the definition is gone, and its objects with it', async () => {
    await withThing('gone', async ({ definition, inventory }) => {
      await noMore(definition);
      expect(await removeAll(inventory)).toMatchObject({ verdict: 'succeeded', inventory: [] });
    });
  });

  it('prunes what was of it without a warning', async () => {
    await withThing('pruned', async ({ definition, kept, inventory }) => {
      await noMore(definition);
      const { result, events } = await run([kept], cluster, { inventory });
      expect(result).toMatchObject({ verdict: 'succeeded', inventory: [{ object: { name: 'kept' } }] });
      expect(events.filter(({ type }) => type === 'warning')).toEqual([]);
    });
  });

  it('finds what was made in a version that is served no more', async () => {
    await withThing('moved', async ({ definition, thing, inventory }) => {
      const one = definitionOf('moved', ['v1']);
      await cluster.apply(one, { fieldManager: 'ushadow', force: true });
      const { group } = definition['spec'] as { group: string };
      const isServed = { group, version: 'v1beta1', kind: 'Thing' };
      await until(() =>
        new KubernetesTransport(testConnection()).apply(thing, { fieldManager: 'x', dryRun: true }).then(
          () => undefined,
          () => isServed,
        ),
      );
      expect((await cluster.get(objectId(thing)))?.apiVersion).toBe(`${group}/v1`);
      expect(await removeAll(inventory)).toMatchObject({ verdict: 'succeeded', inventory: [] });
      expect(
        await cluster.get({ ...isServed, version: 'v1', namespace: thing.metadata['namespace'] as string, name: 't' }),
      ).toBeUndefined();
    });
  });
});

describe('a removal on a real API server, of a StatefulSet whose claims go with it', () => {
  it('is refused until its claims are named, and then takes them', async () => {
    const namespace = await newNamespace();
    const labels = { app: 'db' };
    const claims = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
    const set: KubeObject = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db', namespace },
      spec: {
        serviceName: 'db',
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Delete', whenScaled: 'Retain' },
        selector: { matchLabels: labels },
        template: { metadata: { labels }, spec: { containers: [{ name: 'main', image }] } },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claims }],
      },
    };
    const { inventory } = (await run([set], cluster, { deadlineMs: 2_000 })).result;
    const entries = inventory.length > 0 ? inventory : [await entryOf(set)];
    const claim = { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace, name: 'data-db-0' };
    await until(() => cluster.get(claim));

    const refused = await removeAll(entries);
    expect(refused).toMatchObject({ verdict: 'failed', failure: { code: 'PRUNE_REFUSED', object: { name: 'db' } } });
    expect(refused.failure?.message).toContain('whenDeleted');
    expect((await cluster.get(claim))?.metadata.deletionTimestamp).toBeUndefined();

    expect(await removeAll(entries, [claim])).toMatchObject({ verdict: 'succeeded', inventory: [] });
  });
});

async function entryOf(object: KubeObject): Promise<InventoryEntry> {
  const uid = (await cluster.get(objectId(object)))?.metadata.uid;
  if (uid === undefined) throw new Error('it is not there');
  return { object: objectId(object), uid };
}
