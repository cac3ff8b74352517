import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { testCluster } from '@ushadow/testing';
import type { DesiredState } from '../src/index.ts';
import { planDeployment } from '../src/index.ts';
import { LiveRun } from './testing/live-run.ts';
import { configMap, deployment } from './testing/objects.ts';
import { auditEntries, run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(90_000);

const fieldManager = 'admin';
const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];
const policies: KubeObject[] = [];

async function newNamespace(): Promise<string> {
  const name = uniqueName('refusals');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager });
  return name;
}

async function install(...objects: readonly KubeObject[]): Promise<void> {
  for (const object of objects) {
    policies.push(object);
    await cluster.apply(object, { fieldManager });
  }
}

const container = '/spec/template/spec/containers/0';

/** A Deployment with a source map as a compiler would make it. */
function compiled(object: KubeObject, lines: Readonly<Record<string, number>> = {}): DesiredState {
  const id = objectId(object);
  const places = Object.entries({ '': 1, [container]: 2, ...lines });
  const sources = places.map(([pointer, line]) => ({
    object: id,
    pointer,
    path: `/services/web${pointer}`,
    file: 'compose.yaml',
    line,
    column: 5,
  }));
  return { objects: [object], dependencies: [], sources };
}

const writes = (namespace: string): string[] =>
  auditEntries(namespace)
    .filter(({ verb, requestURI }) => ['patch', 'create', 'delete'].includes(verb) && !requestURI.includes('dryRun'))
    .filter(({ requestURI }) => requestURI.includes('/deployments') || requestURI.includes('/configmaps/c'))
    .map(({ requestURI }) => requestURI);

afterAll(async () => {
  for (const object of policies) await cluster.delete(objectId(object));
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

describe('what the API server refuses', () => {
  it('MANIFEST_INVALID: every field with its own Compose line, all objects at once, and nothing is applied', async () => {
    const namespace = await newNamespace();
    const spec = { containers: [{ name: 'main', image: '', ports: [{ containerPort: 99_999 }] }] };
    const web = compiled(deployment(namespace, 'web', spec), {
      [`${container}/image`]: 3,
      [`${container}/ports/0`]: 4,
    });
    const bad = { ...configMap(namespace, 'c', {}), data: { 'no/key': '1' } } as KubeObject;
    const { result, events } = await run({ ...web, objects: [...web.objects, bad] }, cluster);
    expect(result.verdict).toBe('failed');
    expect(result.causes.map(({ code, object }) => `${code} ${object.kind}`).sort()).toEqual([
      'MANIFEST_INVALID ConfigMap',
      'MANIFEST_INVALID Deployment',
    ]);
    const ofWeb = result.causes.find(({ object }) => object.kind === 'Deployment');
    const lines = ofWeb?.evidence.flatMap(({ field, source }) =>
      source === undefined ? [] : [`${field} ${source.line}`],
    );
    expect(lines).toEqual(
      expect.arrayContaining([
        'spec.template.spec.containers[0].image 3',
        'spec.template.spec.containers[0].ports[0].containerPort 4',
      ]),
    );
    expect(events.filter(({ type }) => type === 'cause.raised')).toHaveLength(2);
    expect(writes(namespace)).toEqual([]);
  });

  it('MANIFEST_INVALID: an unknown field, at the nearest line', async () => {
    const namespace = await newNamespace();
    const web = deployment(namespace, 'web', { containers: [{ name: 'main', image: 'i', imagePullPolcy: 'Always' }] });
    const { result } = await run(compiled(web), cluster);
    expect(result.failure).toMatchObject({
      code: 'MANIFEST_INVALID',
      field: 'spec.template.spec.containers[name="main"].imagePullPolcy',
      source: { file: 'compose.yaml', line: 2, column: 5 },
    });
    expect(result.failure?.message).toContain('field not declared in schema');
  });

  it('DUPLICATE_LIST_KEY: names both lines', async () => {
    const namespace = await newNamespace();
    const ports = [{ containerPort: 80 }, { containerPort: 80 }];
    const web = deployment(namespace, 'web', { containers: [{ name: 'main', image: 'i', ports }] });
    const { result } = await run(compiled(web, { [`${container}/ports/0`]: 7, [`${container}/ports/1`]: 8 }), cluster);
    expect(result.failure).toMatchObject({ code: 'DUPLICATE_LIST_KEY', source: { line: 7 } });
    expect(result.failure?.evidence.map(({ source }) => source?.line)).toContain(8);
    expect(writes(namespace)).toEqual([]);
  });

  it('KIND_NOT_SERVED: says what to install', async () => {
    const namespace = await newNamespace();
    const thing: KubeObject = { apiVersion: 'example.org/v1', kind: 'Thing', metadata: { name: 't', namespace } };
    const { result } = await run([thing], cluster);
    expect(result.failure).toMatchObject({ code: 'KIND_NOT_SERVED', object: { kind: 'Thing' } });
    expect(result.failure?.remedy).toContain('CustomResourceDefinition');
  });

  it('FIELD_IMMUTABLE: names the field and its line', async () => {
    const namespace = await newNamespace();
    const once = (image: string): KubeObject => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'c', namespace },
      immutable: true,
      data: { image },
    });
    await run([once('1')], cluster);
    const { result } = await run(compiled(once('2'), { '/data': 9 }), cluster);
    expect(result.failure).toMatchObject({ code: 'FIELD_IMMUTABLE', field: 'data', source: { line: 9 } });
  });

  it('FIELD_CONFLICT: names the other manager and the line', async () => {
    const namespace = await newNamespace();
    await cluster.apply(configMap(namespace, 'c', { a: 'theirs' }), { fieldManager: 'helm' });
    const { result } = await run(compiled(configMap(namespace, 'c', { a: 'ours' }), { '/data/a': 5 }), cluster);
    expect(result.failure).toMatchObject({ code: 'FIELD_CONFLICT', field: '.data.a', source: { line: 5 } });
    expect(result.failure?.message).toContain('"helm"');
  });
});

describe('what policies refuse', () => {
  const only = (namespace: string): object => ({ matchLabels: { 'kubernetes.io/metadata.name': namespace } });

  it('ADMISSION_DENIED: gives the policy’s name and its message, before anything is written', async () => {
    const namespace = await newNamespace();
    const name = `${namespace}-policy`;
    const admission = 'admissionregistration.k8s.io/v1';
    await install(
      {
        apiVersion: admission,
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name },
        spec: {
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: ['apps'],
                apiVersions: ['v1'],
                operations: ['CREATE', 'UPDATE'],
                resources: ['deployments'],
              },
            ],
          },
          validations: [{ expression: 'object.spec.replicas > 1', message: 'at least two replicas, please' }],
        },
      },
      {
        apiVersion: admission,
        kind: 'ValidatingAdmissionPolicyBinding',
        metadata: { name },
        spec: { policyName: name, validationActions: ['Deny'], matchResources: { namespaceSelector: only(namespace) } },
      } as KubeObject,
    );
    const web = compiled(deployment(namespace, 'web'));
    // The API server takes policies up a moment after they are stored.
    for (;;) {
      const { problems } = await planDeployment(web, cluster);
      if (problems.length > 0) break;
    }
    const { result } = await run(web, cluster);
    expect(result.failure).toMatchObject({ code: 'ADMISSION_DENIED', object: { name: 'web' }, source: { line: 1 } });
    expect(result.failure?.message).toContain('at least two replicas, please');
    expect(writes(namespace)).toEqual([]);
  });

  it('ADMISSION_WEBHOOK_DOWN: names the webhook that does not answer', async () => {
    const namespace = await newNamespace();
    await install({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'ValidatingWebhookConfiguration',
      metadata: { name: `${namespace}-webhook` },
      webhooks: [
        {
          name: 'gone.example.org',
          clientConfig: { url: 'https://127.0.0.1:1/' },
          rules: [{ apiGroups: ['apps'], apiVersions: ['v1'], operations: ['CREATE'], resources: ['deployments'] }],
          namespaceSelector: only(namespace),
          admissionReviewVersions: ['v1'],
          sideEffects: 'None',
          failurePolicy: 'Fail',
          timeoutSeconds: 1,
        },
      ],
    } as KubeObject);
    const impatient = new KubernetesTransport(testConnection(), {
      retryBudget: { totalWaitMs: 2_000, firstWaitMs: 50, maxWaitMs: 500 },
    });
    const web = deployment(namespace, 'web');
    for (;;) {
      const { problems } = await planDeployment({ objects: [web], dependencies: [] }, impatient);
      if (problems.length > 0) break;
    }
    const { result, events } = await run([web], impatient);
    expect(result.failure).toMatchObject({ code: 'ADMISSION_WEBHOOK_DOWN' });
    expect(result.failure?.message).toContain('gone.example.org');
    expect(events.some(({ type }) => type === 'retry')).toBe(true);
    await impatient.close();
  });
});

describe('namespaces', () => {
  const held = async (namespace: string): Promise<KubeObject> => {
    const map = configMap(namespace, 'held', {});
    await cluster.apply({ ...map, metadata: { ...map.metadata, finalizers: ['example.org/hold'] } }, { fieldManager });
    await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    return map;
  };
  const letGo = async (map: KubeObject): Promise<void> => {
    await cluster.apply(map, { fieldManager, force: true });
  };

  it('NAMESPACE_TERMINATING: is waited for, and made anew once it is gone', async () => {
    const namespace = await newNamespace();
    const map = await held(namespace);
    const live = new LiveRun([configMap(namespace, 'c', {})], cluster);
    await live.until((event) => event.type === 'object.status' && event.state === 'deleting');
    await letGo(map);
    expect((await live.result).verdict).toBe('succeeded');
  });

  it('NAMESPACE_TERMINATING: ends with what holds it when it does not go', async () => {
    const namespace = await newNamespace();
    const map = await held(namespace);
    const { api } = await testCluster();
    // The namespace controller needs a moment to say what it waits for.
    for (;;) {
      const { body } = await api.get(`/api/v1/namespaces/${namespace}`);
      if (JSON.stringify(body).includes('example.org/hold')) break;
    }
    const { result } = await run([configMap(namespace, 'c', {})], cluster, { deadlineMs: 1_500 });
    expect(result.failure?.code).toBe('NAMESPACE_TERMINATING');
    expect(result.failure?.evidence.map(({ value }) => value).join('\n')).toContain('example.org/hold');
    await letGo(map);
  });
});
