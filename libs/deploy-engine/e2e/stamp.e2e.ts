import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { Fenced, planDeployment } from '../src/index.ts';
import { configMap, deployment } from './testing/objects.ts';
import { auditEntries, run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const newNamespace = (): string => {
  const name = uniqueName('stamp');
  namespaces.push(name);
  return name;
};
const live = (object: KubeObject): Promise<KubeObject | undefined> => cluster.get(objectId(object));
const stamp = (epoch: bigint) => ({ deploymentId: 'd-1', scope: 'here/web', epoch });

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

describe('stamped writes on a real API server', () => {
  it('M11: mark the object, restart no pod, and make a second deploy of the same write nothing', async () => {
    const namespace = newNamespace();
    const objects = [deployment(namespace, 'web'), configMap(namespace, 'c', { a: '1' })];
    await run(objects, cluster, { stamp: stamp(5n) });
    const web = await live(deployment(namespace, 'web'));
    expect(web?.metadata.annotations).toMatchObject({
      'ushadow.io/deployment': 'd-1',
      'ushadow.io/epoch': 'here/web/5',
    });
    expect(JSON.stringify(web?.['spec'])).not.toContain('ushadow.io');
    const versions = async () => Promise.all(objects.map(async (object) => (await live(object))?.metadata.generation));
    const before = await versions();
    const writes = () =>
      auditEntries(namespace).filter(
        ({ verb, requestURI }) =>
          verb === 'patch' && requestURI.includes('fieldManager=ushadow') && !/dryRun/.test(requestURI),
      ).length;
    const written = writes();
    const again = await run(objects, cluster, { stamp: stamp(9n) });
    expect(again.result.changes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged']);
    expect(await versions()).toEqual(before);
    expect(writes()).toBe(written);
  });

  it('an object written without a stamp is not changed for the stamp alone', async () => {
    const namespace = newNamespace();
    const objects = [configMap(namespace, 'c', { a: '1' })];
    await run(objects, cluster);
    const { result } = await run(objects, cluster, { stamp: stamp(1n) });
    expect(result.changes.map(({ outcome }) => outcome)).toEqual(['unchanged']);
  });

  it('are refused over what a later holder wrote: server-side apply honours the resourceVersion', async () => {
    const namespace = newNamespace();
    await run([configMap(namespace, 'c', { a: '1' })], cluster, { stamp: stamp(5n) });
    const seen = await live(configMap(namespace, 'c', {}));
    await run([configMap(namespace, 'c', { a: 'successor' })], cluster, { stamp: stamp(7n) });
    const { uid = '', resourceVersion = '' } = seen?.metadata ?? {};
    const late = configMap(namespace, 'c', { a: 'zombie' });
    const body = { ...late, metadata: { ...late.metadata, uid, resourceVersion } };
    await expect(cluster.apply(body, { fieldManager: 'ushadow' })).rejects.toMatchObject({ httpStatus: 409 });
    await expect(run([late], cluster, { stamp: stamp(6n) })).rejects.toBeInstanceOf(Fenced);
    expect((await live(late))?.['data']).toEqual({ a: 'successor' });
  });
});

describe('a plan on a real API server', () => {
  it('names what would be deleted, what is kept and why, and who owns the fields in its way', async () => {
    const namespace = newNamespace();
    const claim: KubeObject = {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'data', namespace },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } },
    };
    const { result } = await run(
      [configMap(namespace, 'a', { x: '1' }), configMap(namespace, 'b', {}), claim],
      cluster,
    );
    await cluster.apply(configMap(namespace, 'a', { x: '2' }), { fieldManager: 'somebody-else', force: true });
    const wanted = { objects: [configMap(namespace, 'a', { x: '3' })], dependencies: [] };
    const { inventory } = result;
    const plan = await planDeployment(wanted, cluster, { inventory });
    expect(plan.entries.map(({ object, action }) => [object.name, action])).toEqual([
      ['a', 'update'],
      ['b', 'delete'],
    ]);
    expect(plan.entries[0]?.conflicts).toEqual([{ field: '.data.x', manager: 'somebody-else' }]);
    expect(plan.problems.map(({ code }) => code)).toEqual(['FIELD_CONFLICT']);
    expect(plan.warnings).toMatchObject([{ code: 'PRUNE_REFUSED', object: { name: 'data' } }]);
    const confirmed = await planDeployment(wanted, cluster, { inventory, confirmDelete: [objectId(claim)] });
    expect(confirmed.entries.filter(({ action }) => action === 'delete').map(({ object }) => object.name)).toEqual([
      'b',
      'data',
    ]);
    const kept = await planDeployment(wanted, cluster, { inventory, prune: false });
    expect(kept.entries.map(({ action }) => action)).toEqual(['update']);
    expect(new Set([plan.hash, confirmed.hash, kept.hash]).size).toBe(3);
    const taken = await planDeployment(wanted, cluster, { conflicts: 'take-over' });
    expect(taken.problems).toEqual([]);
    expect(taken.entries[0]?.takesOver).toEqual([{ field: '.data.x', manager: 'somebody-else' }]);
  });
});
