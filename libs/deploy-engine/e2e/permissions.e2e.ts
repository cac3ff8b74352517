import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { ClusterConnection, JsonObject, KubeObject } from '@ushadow/kubernetes';
import { decodeBase64Text, objectId, valueAt } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { missingPermissions, planDeployment, roleYaml } from '../src/index.ts';
import { configMap, deployment, service } from './testing/objects.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const namespace = uniqueName('rights');
const admin = new KubernetesTransport(testConnection());
const fieldManager = 'admin';
const opened: KubernetesTransport[] = [admin];

afterAll(async () => {
  await admin.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
  for (const transport of opened) await transport.close();
});

/** A connection as a service account that may do exactly this in the namespace. */
async function connectAs(name: string, rules: readonly JsonObject[]): Promise<KubernetesTransport> {
  const rbac = 'rbac.authorization.k8s.io';
  const metadata = { name, namespace };
  const token: KubeObject = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { ...metadata, annotations: { 'kubernetes.io/service-account.name': name } },
    type: 'kubernetes.io/service-account-token',
  };
  const objects: KubeObject[] = [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      roleRef: { apiGroup: rbac, kind: 'Role', name },
      subjects: [{ kind: 'ServiceAccount', name, namespace }],
    },
    token,
  ];
  for (const object of objects) await admin.apply(object, { fieldManager });
  const connection: ClusterConnection = { ...testConnection(), auth: { token: await tokenOf(token) } };
  const transport = new KubernetesTransport(connection);
  opened.push(transport);
  return transport;
}

/** The token controller fills the Secret in. */
async function tokenOf(secret: KubeObject): Promise<string> {
  const watch = admin.watch({ group: '', version: 'v1', kind: 'Secret', namespace });
  for await (const event of watch) {
    if (!('object' in event) || event.object.metadata.name !== objectId(secret).name) continue;
    const token = valueAt(event.object, ['data', 'token']);
    if (typeof token !== 'string') continue;
    watch.close();
    return decodeBase64Text(token) ?? '';
  }
  throw new Error('the watch ended');
}

describe('with few permissions', () => {
  const verbs = ['get', 'list', 'create', 'update', 'patch'];

  it('the least role that writes still deploys: what cannot be watched is listed, what cannot be seen is reported', async () => {
    const cluster = await connectAs('least', [
      { apiGroups: [''], resources: ['namespaces', 'configmaps', 'secrets', 'services'], verbs },
      { apiGroups: ['apps'], resources: ['deployments'], verbs },
    ]);
    const objects = [deployment(namespace, 'web'), configMap(namespace, 'c', {}), service(namespace, 'web')];
    const { result, events } = await run(objects, cluster);
    expect(result.verdict).toBe('succeeded');
    const warnings = events.flatMap((event) => (event.type === 'warning' ? [event.message] : []));
    expect(warnings.join('\n')).toContain('Pod objects cannot be seen');
    const missing = await missingPermissions(objects, cluster);
    expect(missing).toContainEqual({ verb: 'watch', group: '', resource: 'pods', namespace });
    expect(roleYaml(missing)).toContain('- pods/log');
  });

  it('a missing right to write is named before anything is written', async () => {
    const cluster = await connectAs('reader', [
      { apiGroups: [''], resources: ['namespaces', 'configmaps'], verbs },
      { apiGroups: ['apps'], resources: ['deployments'], verbs: ['get', 'list'] },
    ]);
    const { result } = await run([deployment(namespace, 'denied'), configMap(namespace, 'denied', {})], cluster);
    expect(result).toMatchObject({
      verdict: 'failed',
      failure: { code: 'PERMISSION_DENIED', object: { name: 'denied' } },
    });
    expect(result.failure?.message).toContain('cannot patch resource "deployments"');
    expect(await admin.get(objectId(configMap(namespace, 'denied', {})))).toBeUndefined();
  });

  it('who may not try a pod is warned by the label of the namespace', async () => {
    const cluster = await connectAs('no-pods', [
      { apiGroups: [''], resources: ['namespaces'], verbs },
      { apiGroups: ['apps'], resources: ['deployments'], verbs },
    ]);
    const level = async (enforce: string | undefined): Promise<void> => {
      const labels = enforce === undefined ? {} : { 'pod-security.kubernetes.io/enforce': enforce };
      await admin.apply(
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
        { fieldManager: 'labels' },
      );
    };
    const wanted = { objects: [deployment(namespace, 'labelled')], dependencies: [] };
    await level('restricted');
    const { problems, warnings } = await planDeployment(wanted, cluster);
    await level(undefined);
    expect(problems).toEqual([]);
    expect(warnings).toMatchObject([
      { code: 'POD_SECURITY_VIOLATED', remedy: expect.stringMatching(/kubectl label .*enforce=baseline$/) },
    ]);
    expect((await planDeployment(wanted, cluster)).warnings).toEqual([]);
  });
});
