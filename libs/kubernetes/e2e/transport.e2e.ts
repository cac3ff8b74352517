import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject, ObjectId } from '../src/index.ts';
import { KubernetesApiError, classifyError } from '../src/index.ts';
import { KubernetesTransport } from '../src/transport/index.ts';
import { Relay, testConnection, uniqueName } from './testing/test-cluster.ts';

jest.setTimeout(60_000);

const fieldManager = 'ushadow';
const namespace = uniqueName('transport');
const namespaceId: ObjectId = { group: '', version: 'v1', kind: 'Namespace', name: namespace };
const configMap = (name: string, data: Record<string, string>): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace },
  data,
});
const idOf = (name: string): ObjectId => ({ group: '', version: 'v1', kind: 'ConfigMap', namespace, name });

async function failure(call: Promise<unknown>): Promise<KubernetesApiError> {
  const error: unknown = await call.then(
    () => undefined,
    (caught: unknown) => caught,
  );
  if (error instanceof KubernetesApiError) return error;
  throw new Error(`expected a KubernetesApiError, got ${String(error)}`);
}

describe('transport against a real API server', () => {
  const transport = new KubernetesTransport(testConnection());

  beforeAll(async () => {
    await transport.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager });
  });
  afterAll(async () => {
    await transport.delete(namespaceId);
    await transport.close();
  });

  it('reports the server’s version', async () => {
    expect((await transport.version()).gitVersion).toMatch(/^v1\./);
  });

  it('applies, reads, and deletes with preconditions', async () => {
    const { object } = await transport.apply(configMap('a', { x: '1' }), { fieldManager });
    expect(await transport.get(idOf('a'))).toMatchObject({ data: { x: '1' }, metadata: { uid: object.metadata.uid } });
    const refused = await failure(transport.delete(idOf('a'), { uid: 'another' }));
    expect(refused.httpStatus).toBe(409);
    expect(await transport.delete(idOf('a'), { uid: object.metadata.uid ?? '' })).toBe(true);
    expect(await transport.delete(idOf('a'))).toBe(false);
    expect(await transport.get(idOf('a'))).toBeUndefined();
  });

  it('counts objects without fetching them, with a selector and without', async () => {
    for (const name of ['count-a', 'count-b', 'count-c']) {
      const object = configMap(name, {});
      const labels = { counted: name === 'count-c' ? 'no' : 'yes' };
      await transport.apply({ ...object, metadata: { ...object.metadata, labels } }, { fieldManager });
    }
    // A controller puts one of its own into each new namespace, which must not come between the two questions.
    const limit = Date.now() + 20_000;
    while ((await transport.get(idOf('kube-root-ca.crt'))) === undefined && Date.now() < limit) continue;
    const kind = { group: '', version: 'v1', kind: 'ConfigMap', namespace };
    const { items } = await transport.list(kind);
    expect(await transport.count(kind)).toBe(items.length);
    expect(await transport.count({ ...kind, labelSelector: 'counted=yes' })).toBe(2);
    expect(await transport.count({ ...kind, labelSelector: 'counted=never' })).toBe(0);
  });

  it('reports whom the server takes us for', async () => {
    expect(await transport.selfSubjectReview()).toMatch(/\S/);
  });

  it('writes nothing in a dry run', async () => {
    await transport.apply(configMap('dry', {}), { fieldManager, dryRun: true });
    expect(await transport.get(idOf('dry'))).toBeUndefined();
  });

  it('refuses an unknown field as invalid, naming it, although the server says 500', async () => {
    const error = await failure(transport.apply({ ...configMap('typo', {}), dtaa: {} }, { fieldManager }));
    expect(error.message).toContain('.dtaa: field not declared in schema');
    expect(classifyError(error)).toBe('invalid');
  });

  it('names the other manager in a conflict, and takes over only when forced', async () => {
    await transport.apply(configMap('owned', { x: '1' }), { fieldManager: 'somebody' });
    const error = await failure(transport.apply(configMap('owned', { x: '2' }), { fieldManager }));
    expect(classifyError(error)).toBe('field-conflict');
    expect(error.causes).toEqual([
      { reason: 'FieldManagerConflict', field: '.data.x', message: 'conflict with "somebody"' },
    ]);
    const { object } = await transport.apply(configMap('owned', { x: '2' }), { fieldManager, force: true });
    expect(object['data']).toEqual({ x: '2' });
  });

  it('gives warnings of the server', async () => {
    const object = { apiVersion: 'v1', kind: 'ComponentStatus', metadata: { name: 'x' } } satisfies KubeObject;
    const error = await failure(transport.apply(object, { fieldManager }));
    expect(error.httpStatus).toBeGreaterThan(400);
    const pod: KubeObject = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'warned',
        namespace,
        annotations: { 'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default' },
      },
      spec: {
        containers: [{ name: 'c', image: 'i', env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 1 }] }],
        nodeSelector: { 'beta.kubernetes.io/os': 'linux' },
      },
    };
    const { warnings } = await transport.apply(pod, { fieldManager, dryRun: true });
    expect(warnings.join(' ')).toContain('beta.kubernetes.io/os');
  });

  it('finds kinds it does not know by discovery, and says when one is not served', async () => {
    const flow = { group: 'flowcontrol.apiserver.k8s.io', version: 'v1', kind: 'FlowSchema', name: 'exempt' };
    expect((await transport.get(flow))?.metadata.name).toBe('exempt');
    const nothing = { apiVersion: 'example.org/v1', kind: 'Nothing', metadata: { name: 'x' } };
    const error = await failure(transport.apply(nothing, { fieldManager }));
    expect(error.reason).toBe('KindNotServed');
  });

  it('lists page by page', async () => {
    await Promise.all([1, 2, 3, 4, 5].map((n) => transport.apply(configMap(`page-${n}`, {}), { fieldManager })));
    const target = { group: '', version: 'v1', kind: 'ConfigMap', namespace };
    const { items } = await transport.list(target, { pageSize: 2 });
    expect(items.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['page-1', 'page-5']));
    expect(items.every(({ kind, apiVersion }) => kind === 'ConfigMap' && apiVersion === 'v1')).toBe(true);
  });

  it('answers access reviews', async () => {
    const attributes = { verb: 'get', group: '', resource: 'pods', namespace };
    expect(await transport.selfSubjectAccessReview(attributes)).toMatchObject({ allowed: true });
    expect((await transport.selfSubjectRulesReview(namespace)).rules.length).toBeGreaterThan(0);
  });

  it('distinguishes a wrong credential from an unreachable server', async () => {
    const connection = testConnection();
    const stranger = new KubernetesTransport({ ...connection, auth: { token: 'wrong' } });
    expect((await failure(stranger.get(idOf('a')))).httpStatus).toBe(401);
    await stranger.close();
    const retryBudget = { totalWaitMs: 0, firstWaitMs: 1, maxWaitMs: 1 };
    const nowhere = new KubernetesTransport({ ...connection, server: 'https://127.0.0.1:1' }, { retryBudget });
    expect((await failure(nowhere.version())).reason).toBe('ConnectionRefused');
    await nowhere.close();
  });

  it('does not trust a server whose CA is not the stored one', async () => {
    const { caData: _caData, ...connection } = testConnection();
    const transportWithoutCa = new KubernetesTransport(connection);
    expect((await failure(transportWithoutCa.version())).reason).toBe('TlsFailed');
    await transportWithoutCa.close();
  });

  it('connects to the pinned address, whatever the name would resolve to', async () => {
    const connection = testConnection();
    const { port } = new URL(connection.server);
    const pinned = new KubernetesTransport({
      ...connection,
      server: `https://does-not-resolve.invalid:${port}`,
      pinnedAddresses: ['127.0.0.1'],
      tlsServerName: 'kubernetes',
    });
    expect((await pinned.version()).gitVersion).toMatch(/^v1\./);
    await pinned.close();
  });

  it('gives up when the caller cancels', async () => {
    const controller = new AbortController();
    controller.abort();
    expect((await failure(transport.get(idOf('a'), { signal: controller.signal }))).reason).toBe('Cancelled');
  });
});

describe('many calls at once', () => {
  it('are answered over further connections, without a call that waits for their handshakes', async () => {
    const connection = testConnection();
    const relay = new Relay(connection.server);
    const many = new KubernetesTransport({ ...connection, server: await relay.listen() });
    const versions = (count: number) => Promise.all(Array.from({ length: count }, () => many.version()));
    try {
      await many.version();
      expect(relay.connections).toBe(1);
      await versions(90);
      expect(relay.connections).toBe(1);
      for (let round = 0; round < 20 && relay.connections < 3; round++) await versions(400);
      expect(relay.connections).toBe(3);
      expect(await versions(1_000)).toHaveLength(1_000);
      expect(relay.connections).toBe(3);
    } finally {
      await many.close();
      await relay.close();
    }
  }, 60_000);
});
