import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentSpecData } from '@ushadow/contracts';
import { deploy, live, startSystem, type TestSystem } from './support/system.ts';

interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: unknown };
  readonly exec?: unknown;
}

interface Workload {
  readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: Record<string, string> };
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: Record<string, string> };
    readonly template: {
      readonly metadata: { readonly labels: Record<string, string>; readonly annotations?: Record<string, string> };
      readonly spec: {
        readonly containers: readonly {
          readonly resources: { readonly requests?: object; readonly limits?: object };
          readonly readinessProbe?: Probe;
          readonly livenessProbe?: Probe;
        }[];
      };
    };
  };
}

interface Ingress {
  readonly spec: {
    readonly rules: readonly {
      readonly host: string;
      readonly http: { readonly paths: readonly { path: string }[] };
    }[];
    readonly tls?: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
  };
}

/** Each field of the specification, as it arrives on the API server. */
describe('the deployment specification on a real API server', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'spec');
  });

  afterAll(async () => {
    await test.stop();
  });

  const withSpec = async (k8s_spec: DeploymentSpecData): Promise<void> => {
    const { deployment } = await deploy(test, { service_id: 'shop:web', k8s_spec });
    expect(deployment).toMatchObject({ status: 'succeeded', verdict: { code: null } });
  };
  const workload = async (): Promise<Workload> => (await live(test, 'deployments', 'web')) as unknown as Workload;
  const container = async () => (await workload()).spec.template.spec.containers[0];
  const service = async (name = 'web') => (await live(test, 'services', name))?.spec as { type: string };
  const ingress = async () => (await live(test, 'ingresses', 'web')) as unknown as Ingress | undefined;

  it('R87: a deploy makes the objects of the service, and R24: it has succeeded once its pods are ready', async () => {
    await withSpec({});
    expect(await workload()).toMatchObject({ status: { readyReplicas: 1, updatedReplicas: 1 } });
  });

  it('R68: replicas, one unless said otherwise', async () => {
    expect((await workload()).spec.replicas).toBe(1);
    await withSpec({ replicas: 3 });
    expect(await workload()).toMatchObject({ spec: { replicas: 3 }, status: { readyReplicas: 3 } });
  });

  it('R69: the namespace has one source, the request; the cluster’s own stands in for it', async () => {
    const namespace = `${test.namespace.name}-other`;
    const { deployment } = await deploy(test, { service_id: 'shop:web', namespace });
    expect(deployment.namespace).toBe(namespace);
    const path = `/apis/apps/v1/namespaces/${namespace}/deployments/web`;
    expect((await test.cluster.api.get(path)).status).toBe(200);
    await test.cluster.api.delete(`/api/v1/namespaces/${namespace}`);
  });

  it('R70: requests and limits as Kubernetes quantities', async () => {
    const resources = { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } };
    await withSpec({ resources });
    expect((await container())?.resources).toEqual(resources);
  });

  it('R71: the type of the Service', async () => {
    for (const service_type of ['NodePort', 'LoadBalancer', 'ClusterIP'] as const) {
      await withSpec({ service_type });
      // A load balancer listens on the published numbers, which are not those of the name inside.
      const name = service_type === 'LoadBalancer' ? 'web-outward' : 'web';
      expect((await service(name)).type).toBe(service_type);
    }
  });

  it('R72: a path gives HTTP probes, null switches probes off, nothing leaves those of the Compose file', async () => {
    await withSpec({ health_check_path: '/healthz' });
    expect((await container())?.readinessProbe?.httpGet).toMatchObject({ path: '/healthz' });
    await withSpec({ health_check_path: null });
    const none = await container();
    expect([none?.readinessProbe, none?.livenessProbe]).toEqual([undefined, undefined]);
    await withSpec({});
    expect((await container())?.readinessProbe).toBeDefined();
  });

  it('R73, R74, R75: an Ingress with host and path where it is enabled, none where it is not', async () => {
    await withSpec({ ingress: { enabled: false, host: 'web.example' } });
    expect(await ingress()).toBeUndefined();
    await withSpec({ ingress: { enabled: true, host: 'web.example' } });
    const [rule] = (await ingress())?.spec.rules ?? [];
    expect(rule?.host).toBe('web.example');
    expect(rule?.http.paths).toMatchObject([{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web' } } }]);
    await withSpec({ ingress: { enabled: true, host: 'web.example', path: '/shop' } });
    expect((await ingress())?.spec.rules[0]?.http.paths).toMatchObject([{ path: '/shop' }]);
    await expect(
      deploy(test, { service_id: 'shop:web', k8s_spec: { ingress: { enabled: true, host: 'Not a host' } } }),
    ).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('R76: TLS has an effect', async () => {
    await withSpec({ ingress: { enabled: true, host: 'web.example', tls: true } });
    expect((await ingress())?.spec.tls).toMatchObject([{ hosts: ['web.example'], secretName: expect.any(String) }]);
    await withSpec({ ingress: { enabled: true, host: 'web.example', tls: false } });
    expect((await ingress())?.spec.tls).toBeUndefined();
  });

  it('R77: annotations of one’s own, on the pods, the Service and the Ingress', async () => {
    const owner = { 'example.com/owner': 'shop team' };
    await withSpec({ annotations: owner, ingress: { enabled: true, host: 'web.example' } });
    const { spec } = await workload();
    expect(spec.template.metadata.annotations).toMatchObject(owner);
    for (const kind of ['services', 'ingresses'])
      expect([kind, (await live(test, kind, 'web'))?.metadata.annotations]).toEqual([
        kind,
        expect.objectContaining(owner),
      ]);
    await withSpec({});
    expect((await workload()).spec.template.metadata.annotations ?? {}).not.toHaveProperty('example.com/owner');
  });

  it('R78: labels of one’s own, on every object and the pods, which cannot break the selector', async () => {
    const labels = { team: 'shop', 'app.kubernetes.io/name': 'stolen' };
    await withSpec({ labels });
    const { metadata, spec } = await workload();
    expect(metadata.labels).toMatchObject({ team: 'shop', 'app.kubernetes.io/name': 'web' });
    expect(spec.selector.matchLabels).toMatchObject({ 'app.kubernetes.io/name': 'web' });
    expect(spec.selector.matchLabels).not.toHaveProperty('team');
    expect(spec.template.metadata.labels).toMatchObject({ team: 'shop', ...spec.selector.matchLabels });
    await withSpec({});
    expect((await workload()).metadata.labels).not.toHaveProperty('team');
  });
});
