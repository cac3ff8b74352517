import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import { deploy } from '../src/index.ts';
import { configMap, deployment, job, secret, service } from './testing/objects.ts';
import { auditEntries, run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const CANARY = 'canary-5f1d';

describe('deploying to a real API server', () => {
  const cluster = new KubernetesTransport(testConnection());
  const namespaces: string[] = [];
  const newNamespace = (): string => {
    const name = uniqueName('engine');
    namespaces.push(name);
    return name;
  };

  afterAll(async () => {
    for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
    await cluster.close();
  });

  it('R24, M12: succeeds only when the pods run, and creates a missing namespace', async () => {
    const namespace = newNamespace();
    const { result } = await run(
      [
        deployment(namespace, 'web', {
          containers: [{ name: 'main', image: 'i', envFrom: [{ secretRef: { name: 's' } }] }],
        }),
        configMap(namespace, 'c', { a: '1' }),
        secret(namespace, 's', { password: CANARY }),
        service(namespace, 'web'),
      ],
      cluster,
    );
    expect(result).toMatchObject({ verdict: 'succeeded' });
    const pods = await cluster.list({ group: '', version: 'v1', kind: 'Pod', namespace });
    expect(pods.items.map((pod) => (pod['status'] as { phase?: string }).phase)).toEqual(['Running']);
    const live = await cluster.get({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    expect(live?.metadata.labels).toMatchObject({ 'app.kubernetes.io/managed-by': 'ushadow' });
  });

  it('writes by server-side apply with field manager ushadow, strictly, and nothing at all the second time', async () => {
    const namespace = newNamespace();
    const objects = [
      deployment(namespace, 'web'),
      configMap(namespace, 'c', { a: '1' }),
      secret(namespace, 's', { password: CANARY }),
      service(namespace, 'web'),
    ];
    await run(objects, cluster);
    const writes = auditEntries(namespace).filter(
      ({ verb, requestURI }) => verb === 'patch' && !requestURI.includes('dryRun'),
    );
    const ours = writes.filter(({ requestURI }) => requestURI.includes('fieldManager=ushadow'));
    expect(ours.map(({ objectRef }) => objectRef?.resource).sort()).toEqual([
      'configmaps',
      'deployments',
      'namespaces',
      'secrets',
      'services',
    ]);
    expect(ours.every(({ requestURI }) => requestURI.includes('fieldValidation=Strict'))).toBe(true);

    const versions = async (): Promise<unknown[]> =>
      Promise.all(objects.map(async (object) => (await cluster.get(objectId(object)))?.metadata.resourceVersion));
    const before = await versions();
    const { result, events } = await run(objects, cluster);
    expect(result.verdict).toBe('succeeded');
    expect(result.changes.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged', 'unchanged']);
    expect(await versions()).toEqual(before);
    expect(events.some(({ type }) => type === 'object.applied')).toBe(false);
  });

  it('refuses the whole plan for one unknown field, names it, and takes the new namespace back', async () => {
    const namespace = newNamespace();
    const bad = { ...deployment(namespace, 'web'), spec: { replicsa: 1 } };
    const { result } = await run([bad, configMap(namespace, 'c', {})], cluster);
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'MANIFEST_INVALID', field: 'spec.replicsa' } });
    expect(await cluster.get(objectId(configMap(namespace, 'c', {})))).toBeUndefined();
    const left = await cluster.get({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    expect(left === undefined || left.metadata.deletionTimestamp !== undefined).toBe(true);
  });

  it('R116: two ports with one name are refused, naming the field', async () => {
    const namespace = newNamespace();
    const ports = [
      { name: 'http', containerPort: 80 },
      { name: 'http', containerPort: 81 },
    ];
    const { result } = await run(
      [deployment(namespace, 'web', { containers: [{ name: 'main', image: 'i', ports }] })],
      cluster,
    );
    expect(result).toMatchObject({ failure: { field: 'spec.template.spec.containers[0].ports[1].name' } });
  });

  it('shows a conflict with the other manager’s name; takes over only on request', async () => {
    const namespace = newNamespace();
    await run([configMap(namespace, 'mine', {})], cluster);
    await cluster.apply(configMap(namespace, 'c', { a: 'theirs' }), { fieldManager: 'helm' });
    const wanted = configMap(namespace, 'c', { a: 'ours' });
    const refused = await run([wanted], cluster);
    expect(refused.result).toMatchObject({ verdict: 'failed', failure: { code: 'FIELD_CONFLICT', field: '.data.a' } });
    expect(refused.result.failure?.message).toContain('"helm"');
    const taken = await run([wanted], cluster, { takeOver: [objectId(wanted)] });
    expect(taken.result.verdict).toBe('succeeded');
    expect(taken.result.plan?.entries[0]?.takesOver).toEqual([{ field: '.data.a', manager: 'helm' }]);
    expect((await cluster.get(objectId(wanted)))?.['data']).toEqual({ a: 'ours' });
  });

  it('M11: keys that are no longer wanted disappear', async () => {
    const namespace = newNamespace();
    await run([configMap(namespace, 'c', { a: '1', b: '2' })], cluster);
    const { events } = await run([configMap(namespace, 'c', { a: '1' })], cluster);
    expect((await cluster.get(objectId(configMap(namespace, 'c', {}))))?.['data']).toEqual({ a: '1' });
    expect(events.find(({ type }) => type === 'object.planned')).toMatchObject({
      action: 'update',
      changes: [{ path: 'data.b', change: 'removed', before: '"2"' }],
    });
  });

  it('ends failed by its deadline, with the reason, when pods cannot be scheduled', async () => {
    const namespace = newNamespace();
    const { result, events } = await run([deployment(namespace, 'web', { nodeSelector: { no: 'such' } })], cluster, {
      deadlineMs: 3_000,
    });
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'UNSCHEDULABLE', object: { name: 'web' } } });
    expect(result.failure?.message).toContain('nodes are available');
    expect(events.some((event) => event.type === 'cause.raised' && event.cause.code === 'UNSCHEDULABLE')).toBe(true);
  });

  it('fails at once, not at the deadline, when a quota forbids the pods', async () => {
    const namespace = newNamespace();
    await run([configMap(namespace, 'c', {})], cluster);
    const quota = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'none', namespace },
      spec: { hard: { pods: '0' } },
      status: { hard: { pods: '0' }, used: { pods: '0' } },
    };
    await cluster.apply({ ...quota, status: {} }, { fieldManager: 'admin' });
    await hasStatus(cluster, namespace);
    const { result } = await run([deployment(namespace, 'web')], cluster);
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'QUOTA_EXCEEDED' } });
    expect(result.failure?.message).toContain('exceeded quota: none');
  });

  it('depends_on: waits until a job is complete and a service ready before it writes what depends on them', async () => {
    const namespace = newNamespace();
    const [database, migration, web] = [
      deployment(namespace, 'db'),
      job(namespace, 'migrate'),
      deployment(namespace, 'web'),
    ];
    const { result, events } = await run(
      {
        objects: [web, migration, database],
        dependencies: [
          { object: objectId(migration), on: objectId(database), condition: 'ready' },
          { object: objectId(web), on: objectId(migration), condition: 'complete' },
        ],
      },
      cluster,
    );
    expect(result.verdict).toBe('succeeded');
    const order = events.flatMap((event) => {
      if (event.type === 'object.applied' && event.object.kind !== 'Namespace') return [`applied ${event.object.name}`];
      return event.type === 'object.status' && event.state === 'ready' ? [`ready ${event.object.name}`] : [];
    });
    expect(order).toEqual(['applied db', 'ready db', 'applied migrate', 'ready migrate', 'applied web', 'ready web']);
  });

  it('applies fifty objects in one go', async () => {
    const namespace = newNamespace();
    const objects = Array.from({ length: 50 }, (_, n) => configMap(namespace, `c-${n}`, { n: String(n) }));
    const { result } = await run(objects, cluster);
    expect(result.changes.filter(({ outcome }) => outcome === 'created')).toHaveLength(50);
    const writes = auditEntries(namespace).filter(
      ({ verb, requestURI }) => verb === 'patch' && requestURI.includes('configmaps') && !requestURI.includes('dryRun'),
    );
    expect(writes).toHaveLength(50);
  });

  it('shows no value of a Secret in any event or result', async () => {
    const namespace = newNamespace();
    const wanted = (password: string): Parameters<typeof run>[0] => [
      secret(namespace, 's', { password }),
      deployment(namespace, 'web', {}, { replicas: 0 }),
    ];
    const first = await run(wanted(`${CANARY}-a`), cluster);
    const second = await run(wanted(`${CANARY}-b`), cluster);
    const broken = await run(
      [{ ...secret(namespace, 's', {}), data: { password: `${CANARY} is no base64` } }],
      cluster,
    );
    const shown = JSON.stringify([first, second, broken]);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(Buffer.from(`${CANARY}-b`).toString('base64'));
    expect(broken.result.failure?.code).toBe('MANIFEST_INVALID');
    expect(
      second.events.find((event) => event.type === 'object.planned' && event.object.kind === 'Secret'),
    ).toMatchObject({
      changes: [{ path: 'data.password', change: 'changed' }],
    });
  });

  it('stops at a cancel and says so', async () => {
    const namespace = newNamespace();
    const controller = new AbortController();
    const desired = { objects: [deployment(namespace, 'web', { nodeSelector: { no: 'such' } })], dependencies: [] };
    const running = deploy(desired, cluster, {}, { clock: systemClock, signal: controller.signal });
    for (;;) {
      const step = await running.next();
      if (step.done === true) {
        expect(step.value.verdict).toBe('cancelled');
        return;
      }
      if (step.value.some(({ type }) => type === 'cause.raised')) controller.abort();
    }
  });
});

/** Quota admission counts only once the controller has filled in the status. */
async function hasStatus(cluster: KubernetesTransport, namespace: string): Promise<void> {
  const watch = cluster.watch({ group: '', version: 'v1', kind: 'ResourceQuota', namespace });
  for await (const event of watch) {
    if ('object' in event && JSON.stringify(event.object['status'] ?? {}).includes('"hard"')) break;
  }
  watch.close();
}
