import { afterAll, describe, expect, it, jest } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import type { DesiredState } from '../src/index.ts';
import { LiveRun } from './testing/live-run.ts';
import { deployment, job, service } from './testing/objects.ts';
import { SimulatedKubelet, RUNNING, UNTOUCHED, conditions, ended, container } from './testing/simulated-kubelet.ts';
import { run, testConnection, uniqueName } from './testing/run-deployment.ts';

jest.setTimeout(60_000);

const fieldManager = 'admin';
const cluster = new KubernetesTransport(testConnection());
const namespaces: string[] = [];

async function newNamespace(labels: Readonly<Record<string, string>> = {}): Promise<string> {
  const name = uniqueName('controllers');
  namespaces.push(name);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } }, { fieldManager });
  return name;
}

/** As if each object came from a line of its own: the first from line 1. */
function withLines(...objects: readonly KubeObject[]): DesiredState {
  const sources = objects.map((object, index) => ({
    object: objectId(object),
    pointer: '',
    path: `/services/${object.metadata.name}`,
    file: 'compose.yaml',
    line: index + 1,
    column: 3,
  }));
  return { objects, dependencies: [], sources };
}

const claim = (namespace: string, name: string, storageClassName: string): KubeObject => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name, namespace },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } }, storageClassName },
});

const using = (namespace: string, name: string, claimName: string): KubeObject =>
  deployment(namespace, name, {
    containers: [{ name: 'main', image: UNTOUCHED, volumeMounts: [{ name: 'data', mountPath: '/data' }] }],
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
  });

afterAll(async () => {
  for (const name of namespaces) await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  await cluster.close();
});

describe('what a controller may not create', () => {
  it('LIMIT_RANGE_VIOLATED: is found before anything is written, at the line of the workload', async () => {
    const namespace = await newNamespace();
    const limits = [{ type: 'Container', max: { memory: '64Mi' } }];
    await cluster.apply(
      { apiVersion: 'v1', kind: 'LimitRange', metadata: { name: 'small', namespace }, spec: { limits } },
      { fieldManager },
    );
    const resources = { limits: { memory: '1Gi' } };
    const web = deployment(namespace, 'web', { containers: [{ name: 'main', image: 'i', resources }] });
    const { result } = await run(withLines(web), cluster);
    expect(result.failure).toMatchObject({
      code: 'LIMIT_RANGE_VIOLATED',
      field: 'spec.template.spec.containers[0].resources',
      source: { file: 'compose.yaml', line: 1 },
    });
    expect(await cluster.get(objectId(web))).toBeUndefined();
  });

  it('POD_SECURITY_VIOLATED: names each rule with its Compose key and field', async () => {
    const namespace = await newNamespace({ 'pod-security.kubernetes.io/enforce': 'restricted' });
    const securityContext = { privileged: true, runAsUser: 0 };
    const spec = {
      containers: [{ name: 'main', image: 'i', securityContext }],
      volumes: [{ name: 'host', hostPath: { path: '/var/run' } }],
    };
    const { result } = await run(withLines(deployment(namespace, 'web', spec)), cluster);
    expect(result.failure).toMatchObject({ code: 'POD_SECURITY_VIOLATED', source: { line: 1 } });
    expect(result.failure?.remedy).toMatch(/privileged.*volumes/);
    expect(result.failure?.evidence.map(({ field }) => field)).toEqual(
      expect.arrayContaining([
        'spec.template.spec.containers[name="main"].securityContext.privileged',
        'spec.template.spec.volumes[name="host"]',
      ]),
    );
  });

  it('QUOTA_EXCEEDED: gives the figures of the quota', async () => {
    const namespace = await newNamespace();
    const kubelet = new SimulatedKubelet(namespace, cluster);
    await cluster.apply(
      { apiVersion: 'v1', kind: 'ResourceQuota', metadata: { name: 'few', namespace }, spec: { hard: { pods: '1' } } },
      { fieldManager },
    );
    await kubelet.seen({ group: '', version: 'v1', kind: 'ResourceQuota', namespace }, (quota) =>
      JSON.stringify(quota['status'] ?? {}).includes('"used"'),
    );
    await run([deployment(namespace, 'first')], cluster);
    const { result } = await run(withLines(deployment(namespace, 'second')), cluster);
    expect(result.failure).toMatchObject({ code: 'QUOTA_EXCEEDED', object: { name: 'second' }, source: { line: 1 } });
    expect(result.failure?.evidence).toContainEqual({
      kind: 'field',
      path: 'ResourceQuota/few pods',
      value: 'requested 1, used 1, limited 1',
    });
  });

  it('SERVICE_ACCOUNT_MISSING: says that this deployment does not bring it', async () => {
    const namespace = await newNamespace();
    const web = deployment(namespace, 'web', {
      containers: [{ name: 'main', image: UNTOUCHED }],
      serviceAccountName: 'robot',
    });
    const live = new LiveRun(withLines(web), cluster, { missing: 'warn' });
    const { cause } = await live.cause('SERVICE_ACCOUNT_MISSING');
    expect(cause).toMatchObject({ field: 'spec.template.spec.serviceAccountName', source: { line: 1 } });
    expect(cause.remedy).toContain('does not bring the ServiceAccount robot');
    const result = await live.result;
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'SERVICE_ACCOUNT_MISSING' } });
  });

  it('ROLLOUT_DEADLINE: only when nothing explains it; otherwise what does', async () => {
    const namespace = await newNamespace();
    const kubelet = new SimulatedKubelet(namespace, cluster);
    const silent = deployment(
      namespace,
      'silent',
      { containers: [{ name: 'main', image: UNTOUCHED }] },
      { progressDeadlineSeconds: 1 },
    );
    const { result } = await run(withLines(silent), cluster);
    expect(result.failure).toMatchObject({ code: 'ROLLOUT_DEADLINE', object: { name: 'silent' }, source: { line: 1 } });

    const pulling = deployment(
      namespace,
      'pulling',
      { containers: [{ name: 'main', image: UNTOUCHED }] },
      { progressDeadlineSeconds: 2 },
    );
    const live = new LiveRun(withLines(pulling), cluster);
    const pod = await kubelet.pod('app=pulling');
    const waiting = container({ waiting: { reason: 'ErrImagePull', message: '429 toomanyrequests' } });
    await kubelet.report(pod, { phase: 'Pending', containerStatuses: [waiting] });
    expect((await live.result).failure).toMatchObject({ code: 'REGISTRY_RATE_LIMITED', container: 'main' });
  });

  it('JOB_FAILED: carries the reason and how its last pod ended; what waits for it is DEPENDENCY_FAILED', async () => {
    const namespace = await newNamespace();
    const kubelet = new SimulatedKubelet(namespace, cluster);
    const template = {
      metadata: { labels: { app: 'migrate' } },
      spec: { restartPolicy: 'Never', containers: [{ name: 'main', image: UNTOUCHED }] },
    };
    const migrate = { ...job(namespace, 'migrate'), spec: { backoffLimit: 0, template } };
    const web = deployment(namespace, 'web');
    const live = new LiveRun(
      {
        ...withLines(migrate, web),
        dependencies: [{ object: objectId(web), on: objectId(migrate), condition: 'complete' }],
      },
      cluster,
    );
    const pod = await kubelet.pod('app=migrate');
    await kubelet.report(pod, { phase: 'Failed', containerStatuses: [container(ended(3, 'Error'))] });
    const result = await live.result;
    expect(result.failure).toMatchObject({ code: 'JOB_FAILED', container: 'main', source: { line: 1 } });
    expect(result.failure?.message).toMatch(/^BackoffLimitExceeded: .*exit code 3/);
    expect(result.changes.find(({ object }) => object.name === 'web')?.outcome).toBe('skipped');
    expect(result.causes.find(({ code }) => code === 'DEPENDENCY_FAILED')).toMatchObject({
      object: { name: 'web' },
      source: { line: 2 },
    });
  });
});

describe('claims', () => {
  it('PVC_PENDING: names size, access mode and class; its pods’ wait is not the cause', async () => {
    const namespace = await newNamespace();
    const live = new LiveRun(withLines(claim(namespace, 'data', ''), using(namespace, 'web', 'data')), cluster, {
      stallMs: 4_000,
    });
    const { cause } = await live.cause('PVC_PENDING');
    expect(cause).toMatchObject({ object: { name: 'data' }, field: 'spec', source: { line: 1 } });
    expect(cause.message).toContain('1Gi, ReadWriteOnce');
    expect((await live.result).failure).toMatchObject({ code: 'PVC_PENDING', object: { name: 'data' } });
  });

  it('PVC_PROVISIONING_FAILED: a class that does not exist is final at the second report', async () => {
    const namespace = await newNamespace();
    const data = claim(namespace, 'data', 'gold');
    const live = new LiveRun(withLines(data, using(namespace, 'web', 'data')), cluster);
    const { cause } = await live.cause('PVC_PROVISIONING_FAILED');
    expect(cause).toMatchObject({ severity: 'pending', field: 'spec.storageClassName', source: { line: 1 } });
    expect((await live.result).failure).toMatchObject({ code: 'PVC_PROVISIONING_FAILED', object: { name: 'data' } });
  });

  it('PVC_LOST: at once', async () => {
    const namespace = await newNamespace();
    const kubelet = new SimulatedKubelet(namespace, cluster);
    const data = claim(namespace, 'data', '');
    const live = new LiveRun(withLines(data, using(namespace, 'web', 'data')), cluster);
    const target = { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace };
    await kubelet.report(await kubelet.seen(target, () => true), { phase: 'Lost' });
    expect((await live.result).failure).toMatchObject({
      code: 'PVC_LOST',
      object: { name: 'data' },
      source: { line: 1 },
    });
  });

  it('PVC_RESIZE_PENDING: a warning beside a success', async () => {
    const namespace = await newNamespace();
    const kubelet = new SimulatedKubelet(namespace, cluster);
    const data = claim(namespace, 'data', 'standard');
    const web = using(namespace, 'web', 'data');
    const live = new LiveRun(withLines(data, web), cluster);
    const target = { group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace };
    const bound = await kubelet.seen(target, (each) => (each['status'] as { phase?: string }).phase === 'Bound');
    await kubelet.report(
      bound,
      conditions(['FileSystemResizePending', 'True', '', 'Waiting for user to (re-)start a pod']),
    );
    const { cause } = await live.cause('PVC_RESIZE_PENDING');
    expect(cause).toMatchObject({ severity: 'warning', source: { line: 1 } });
    await kubelet.report(await kubelet.pod('app=web'), RUNNING);
    expect(await live.result).toMatchObject({ verdict: 'succeeded', causes: [{ code: 'PVC_RESIZE_PENDING' }] });
  });
});

describe('what succeeds and yet cannot be reached', () => {
  const warnings = (live: LiveRun): unknown[] => live.events.filter(({ type }) => type === 'warning');

  it('LOAD_BALANCER_PENDING: is waited for a little, then said', async () => {
    const namespace = await newNamespace();
    const web = service(namespace, 'web');
    const outward = { ...web, spec: { ...(web['spec'] as object), type: 'LoadBalancer' } } as KubeObject;
    const live = new LiveRun(withLines(outward), cluster);
    expect((await live.result).verdict).toBe('succeeded');
    expect(warnings(live)).toContainEqual(
      expect.objectContaining({ code: 'LOAD_BALANCER_PENDING', source: expect.objectContaining({ line: 1 }) }),
    );
    const waited = (live.events.at(-1)?.at ?? 0) - (live.events[0]?.at ?? 0);
    expect(waited).toBeGreaterThanOrEqual(5_000);
    const again = new LiveRun(withLines(outward), cluster);
    await again.result;
    expect((again.events.at(-1)?.at ?? 0) - (again.events[0]?.at ?? 0)).toBeLessThan(3_000);
  });

  it('NO_READY_ENDPOINTS: a selector that fits no pod, and a port that no container has', async () => {
    const namespace = await newNamespace();
    const [web, api] = [deployment(namespace, 'web'), deployment(namespace, 'api')];
    const astray = {
      ...service(namespace, 'web'),
      spec: { selector: { app: 'wbe' }, ports: [{ port: 80 }] },
    } as KubeObject;
    const unnamed = {
      ...service(namespace, 'api'),
      spec: { selector: { app: 'api' }, ports: [{ port: 80, targetPort: 'http' }] },
    } as KubeObject;
    const live = new LiveRun(withLines(web, api, astray, unnamed), cluster);
    expect((await live.result).verdict).toBe('succeeded');
    expect(warnings(live)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          code: 'NO_READY_ENDPOINTS',
          field: 'spec.selector',
          source: expect.objectContaining({ line: 3 }),
        }),
        expect.objectContaining({
          code: 'NO_READY_ENDPOINTS',
          field: 'spec.ports[0].targetPort',
          source: expect.objectContaining({ line: 4 }),
        }),
      ]),
    );
  });

  it('says nothing of Services that lead to their pods', async () => {
    const namespace = await newNamespace();
    const live = new LiveRun([deployment(namespace, 'web'), service(namespace, 'web')], cluster);
    expect((await live.result).verdict).toBe('succeeded');
    expect(warnings(live)).toEqual([]);
  });
});
