import { describe, expect, it } from '@jest/globals';
import { MemoryFilePort } from '@ushadow/compose';
import { valueAt, type KubeObject } from '@ushadow/kubernetes';
import { compile } from './compile.ts';
import { codesOf, compileProject, objectOf, projectOf } from './testing/compile-project.ts';

const podVolumes = ['spec', 'template', 'spec', 'volumes'] as const;
const container = ['spec', 'template', 'spec', 'containers', 0] as const;

describe('compile', () => {
  it('R19–R22: one service gives ConfigMap, Secret, Deployment and Service', () => {
    const result = compileProject({
      services: {
        web: {
          environment: { COLOUR: 'blue', API_KEY: 's3cret' },
          ports: [{ target: 80, published: '8080', protocol: 'tcp' }],
        },
      },
    });
    expect(result.objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual([
      'ConfigMap/web-config',
      'Secret/web-secrets',
      'Service/web',
      'Deployment/web',
    ]);
    expect(objectOf(result, 'ConfigMap', 'web-config')?.['data']).toEqual({ COLOUR: 'blue' });
    expect(result.ok).toBe(true);
  });

  it('R27: secret values are base64 in data of an Opaque Secret', () => {
    const secret = objectOf(
      compileProject({ services: { web: { environment: { DB_PASSWORD: 'pä$$' } } } }),
      'Secret',
      'web-secrets',
    );
    expect(secret).toMatchObject({ type: 'Opaque', data: { DB_PASSWORD: 'cMOkJCQ=' } });
  });

  it('R21: the ConfigMap comes first in envFrom, the Secret second', () => {
    const result = compileProject({ services: { web: { environment: { A: '1', TOKEN: 'x' } } } });
    expect(valueAt(objectOf(result, 'Deployment', 'web'), [...container, 'envFrom'])).toEqual([
      { configMapRef: { name: 'web-config' } },
      { secretRef: { name: 'web-secrets' } },
    ]);
  });

  it('R19, R20: leaves out sets that would be empty', () => {
    const result = compileProject({ services: { web: {} } });
    expect(result.objects.map(({ kind }) => kind)).toEqual(['Service', 'Deployment']);
  });

  it('R39–R42: container ports are the targets, named by position, and the Service listens on them', () => {
    const result = compileProject({
      services: {
        web: {
          ports: [
            { target: 3000, published: '3002', protocol: 'tcp' },
            { target: 8080, published: '8080', protocol: 'tcp' },
            { target: 3000, published: '8081', protocol: 'tcp' },
            { target: 3000, published: '3000', protocol: 'udp' },
          ],
        },
      },
    });
    expect(valueAt(objectOf(result, 'Deployment', 'web'), [...container, 'ports'])).toEqual([
      { name: 'http', containerPort: 3000, protocol: 'TCP' },
      { name: 'http-2', containerPort: 8080, protocol: 'TCP' },
      { name: 'udp', containerPort: 3000, protocol: 'UDP' },
    ]);
    expect(valueAt(objectOf(result, 'Service', 'web'), ['spec', 'ports', 0])).toEqual({
      name: 'http',
      port: 3000,
      targetPort: 'http',
      protocol: 'TCP',
    });
  });

  it('gives a service without ports a headless Service and invents no port', () => {
    const result = compileProject({ services: { worker: {} } });
    expect(objectOf(result, 'Service', 'worker')?.['spec']).toMatchObject({ clusterIP: 'None' });
    expect(valueAt(objectOf(result, 'Service', 'worker'), ['spec', 'ports'])).toBeUndefined();
  });

  it('M1: command becomes args, entrypoint becomes command, $( is escaped', () => {
    const result = compileProject({
      services: { web: { entrypoint: ['sh', '-c'], command: ['echo $(HOME) $HOME $$'] } },
    });
    expect(valueAt(objectOf(result, 'Deployment', 'web'), container)).toMatchObject({
      command: ['sh', '-c'],
      args: ['echo $$(HOME) $HOME $$$'],
    });
  });

  it('M10: service links and tokens of the cluster stay out of the container', () => {
    const result = compileProject({ services: { web: {} } });
    expect(valueAt(objectOf(result, 'Deployment', 'web'), ['spec', 'template', 'spec'])).toMatchObject({
      enableServiceLinks: false,
      automountServiceAccountToken: false,
    });
  });

  it('M11: pods roll when only configuration changes', () => {
    const checksum = (value: string): unknown =>
      valueAt(objectOf(compileProject({ services: { web: { environment: { A: value } } } }), 'Deployment', 'web'), [
        'spec',
        'template',
        'metadata',
        'annotations',
        'ushadow.io/config-checksum',
      ]);
    expect(checksum('1')).toBe(checksum('1'));
    expect(checksum('1')).not.toBe(checksum('2'));
  });

  it('D2: a resolved value reaches the object and wins over the file', () => {
    const result = compileProject(
      { services: { web: { environment: { A: 'file' } } } },
      { environment: { web: { A: { value: 'typed' }, B: { value: 'b', secret: true } } } },
    );
    expect(objectOf(result, 'ConfigMap', 'web-config')?.['data']).toEqual({ A: 'typed' });
    expect(objectOf(result, 'Secret', 'web-secrets')?.['data']).toEqual({ B: 'Yg==' });
  });

  describe('the claim of a volume', () => {
    type Project = Parameters<typeof compileProject>[0];
    const project = (volume: object = {}, services: Project['services'] = {}): Project => ({
      services: {
        db: {
          image: 'postgres:16',
          volumes: [{ type: 'volume' as const, source: 'pg', target: '/var/lib/postgresql/data' }],
        },
        ...services,
      },
      volumes: { pg: { name: 'demo_pg', ...volume } },
    });
    const claimsIn = ({ objects }: { readonly objects: readonly KubeObject[] }): string[] =>
      objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name);

    it('is the same whatever kind mounts it, and whatever else does', () => {
      const backup = { image: 'busybox', volumes: [{ type: 'volume' as const, source: 'pg', target: '/data' }] };
      for (const kind of ['Deployment', 'StatefulSet'] as const) {
        const result = compileProject(project(), { specs: { db: { kind } } });
        expect([claimsIn(result), result.claims]).toEqual([['demo-pg'], { pg: 'demo-pg/data' }]);
      }
      expect(claimsIn(compileProject(project({}, { backup })))).toEqual(['demo-pg']);
    });

    it('stays the one that is there, and in it where it lies', () => {
      const mounted = (place: string): unknown => {
        const result = compileProject(project(), { claims: { pg: place, other: 'x' } });
        expect(result.claims).toEqual({ pg: place });
        const set = objectOf(result, 'StatefulSet', 'db');
        const { subPath } = valueAt(set, [...container, 'volumeMounts', 0]) as { subPath?: string };
        return [claimsIn(result), valueAt(set, [...podVolumes, 0, 'persistentVolumeClaim', 'claimName']), subPath];
      };
      expect(mounted('pg-db-0')).toEqual([['pg-db-0'], 'pg-db-0', undefined]);
      expect(mounted('demo-pg/data')).toEqual([['demo-pg'], 'demo-pg', 'data']);
    });

    it('is one of each replica only where the volume asks for that, and its service can have it', () => {
      const asked = { 'x-ushadow': { per_replica: true } };
      const own = compileProject(project(asked));
      expect([claimsIn(own), own.claims]).toEqual([[], { pg: 'pg-db-0/data' }]);
      expect(valueAt(objectOf(own, 'StatefulSet', 'db'), ['spec', 'volumeClaimTemplates', 0, 'metadata', 'name'])).toBe(
        'pg',
      );
      const plain = compileProject(project(asked), { specs: { db: { kind: 'Deployment' } } });
      expect(claimsIn(plain)).toEqual(['demo-pg']);
      expect(plain.diagnostics.map(({ code }) => code)).toContain('CMP0919');
    });
  });

  it('M5: a volume is one claim, whatever mounts it, and however many', () => {
    const data = { type: 'volume' as const, source: 'data', target: '/data' };
    const result = compileProject({
      services: {
        a: { volumes: [data] },
        b: { volumes: [{ ...data, read_only: true }] },
        db: { image: 'postgres:16', volumes: [{ type: 'volume', source: 'pg', target: '/var/lib/postgresql/data' }] },
      },
      volumes: { data: { name: 'demo_data' }, pg: { name: 'demo_pg' } },
    });
    expect(
      result.objects.filter(({ kind }) => kind === 'PersistentVolumeClaim').map(({ metadata }) => metadata.name),
    ).toEqual(['demo-data', 'demo-pg']);
    expect(valueAt(objectOf(result, 'StatefulSet', 'db'), [...podVolumes, 0, 'persistentVolumeClaim'])).toEqual({
      claimName: 'demo-pg',
    });
    expect(valueAt(objectOf(result, 'Deployment', 'b'), [...container, 'volumeMounts', 0])).toEqual({
      name: 'data',
      mountPath: '/data',
      readOnly: true,
    });
  });

  it('R23: an Ingress only when asked for', () => {
    const services = { web: { ports: [{ target: 80, protocol: 'tcp' }] } };
    expect(objectOf(compileProject({ services }), 'Ingress', 'web')).toBeUndefined();
    const ingress = { enabled: true, host: 'shop.example', tls: true, className: 'nginx' };
    expect(objectOf(compileProject({ services }, { specs: { web: { ingress } } }), 'Ingress', 'web')?.['spec']).toEqual(
      {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['shop.example'], secretName: 'web-tls' }],
        rules: [
          {
            host: 'shop.example',
            http: {
              paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { name: 'http' } } } }],
            },
          },
        ],
      },
    );
  });

  it('T2: no path derives the probe, null switches it off, text asks that path', () => {
    const services = {
      web: {
        ports: [{ target: 80, protocol: 'tcp' }],
        healthcheck: { test: ['CMD-SHELL', 'test -f /ready'], interval: '10s', timeout: '2.5s', retries: 4 },
      },
    };
    const readiness = (healthCheckPath?: string | null): unknown =>
      valueAt(
        objectOf(
          compileProject({ services }, healthCheckPath === undefined ? {} : { specs: { web: { healthCheckPath } } }),
          'Deployment',
          'web',
        ),
        [...container, 'readinessProbe'],
      );
    expect(readiness()).toEqual({
      exec: { command: ['/bin/sh', '-c', 'test -f /ready'] },
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 4,
    });
    expect(readiness(null)).toBeUndefined();
    expect(readiness('/up')).toMatchObject({
      httpGet: { path: '/up', port: 80 },
      initialDelaySeconds: 10,
      periodSeconds: 30,
    });
  });

  it('gives the engine the order that depends_on asks for', () => {
    const result = compileProject({
      services: { db: {}, web: { depends_on: { db: { condition: 'service_healthy', required: true } } } },
    });
    expect(result.dependencies).toEqual([
      {
        from: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'ushadow', name: 'web' },
        to: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'ushadow', name: 'db' },
        condition: 'ready',
      },
    ]);
  });

  it('M6: says of a key that is not carried over what became of it', () => {
    const result = compileProject({
      services: { web: { ulimits: { nofile: 1024 }, logging: { driver: 'json-file' } } },
    });
    expect(codesOf(result)).toEqual(['CMP1002 /services/web/logging', 'CMP1001 /services/web/ulimits']);
    expect(result.coverage).toEqual({ keys: 4, mapped: 2, approximated: 0, diagnosed: 2 });
  });

  it('maps fields of objects back to where they were written', () => {
    const result = compileProject(
      { services: { web: { image: 'nginx' } } },
      { positions: { at: () => ({ file: 'compose.yaml', line: 3, column: 5 }) } },
    );
    const entry = result.sourceMap.find(({ pointer }) => pointer === '/spec/template/spec/containers/0/image');
    expect(entry).toMatchObject({ path: '/services/web/image', position: { line: 3 } });
  });

  it('compiles of one service what the whole project has of it, whoever else uses and patches that', () => {
    const label = (value: string) => ({ metadata: { labels: { 'example.com/by': value } } });
    const grants = {
      configs: [{ source: 'shared' }],
      volumes: [{ type: 'bind' as const, source: './d', target: '/d' }],
    };
    const services = {
      a: { ...grants, environment: { PASSWORD: 'hunter2-and-more' }, 'x-k8s': { Service: label('a') } },
      b: { ...grants, labels: { url: 'http://u:hunter2-and-more@a/' }, 'x-k8s': { Nothing: {} } },
      mate: { network_mode: 'service:a' },
      alone: { 'x-k8s': { Deployment: label('alone') } },
    };
    const project = { services, configs: { shared: { name: 'shared', content: 'http://a:8080' } } };
    for (const top of [
      {},
      { 'x-k8s': { Deployment: label('top'), 'Deployment/b': [{ op: 'remove', path: '/none' }] } },
    ]) {
      const whole = compileProject({ ...project, ...top });
      for (const service of Object.keys(services)) {
        const own = compileProject({ ...project, ...top }, { services: [service] });
        const mates = service === 'a' || service === 'mate' ? ['a', 'mate'] : [service];
        const isOwn = (_: unknown, index: number): boolean =>
          whole.shares[index]?.services.some((each) => mates.includes(each)) === true;
        expect(own.objects).toEqual(whole.objects.filter(isOwn));
        const isPatch = ({ path }: { readonly path: string }): boolean => path.startsWith('/x-k8s');
        expect(own.diagnostics.filter(isPatch)).toEqual(whole.diagnostics.filter(isPatch));
      }
    }
  });

  it('makes an empty file of a config that names no source, and takes no file of the project for it', () => {
    const result = compileProject(
      { services: { web: { configs: [{ source: 'empty' }] } }, configs: { empty: { name: 'empty' } } },
      { files: { '/p/first.txt': 'of the project' } },
    );
    const maps = result.objects.filter(({ kind }) => kind === 'ConfigMap');
    expect(maps.flatMap((object) => Object.values(object['data'] as object) as unknown[])).toEqual(['']);
  });

  it('reads and judges a file once, however many services use it', () => {
    let reads = 0;
    const port = new MemoryFilePort({ '/p/site.conf': 'upstream api:80;\n'.repeat(2_000) });
    const files = {
      stat: (path: string) => port.stat(path),
      list: (path: string) => port.list(path),
      read: (path: string) => {
        reads += 1;
        return port.read(path);
      },
    };
    const web = { configs: [{ source: 'site' }] };
    const project = (count: number) => ({
      ...projectOf({ services: Object.fromEntries(Array.from({ length: count }, (_, i) => [`s${i}`, web])) }),
      configs: { site: { name: 'site', file: '/p/site.conf' } },
    });
    const readsFor = (count: number): number => {
      reads = 0;
      const positions = { at: () => undefined };
      expect(compile({ project: project(count), positions, files, target: { namespace: 'a' } }).ok).toBe(true);
      return reads;
    };
    expect(readsFor(40)).toBe(readsFor(1));
  });

  it('compiles only what is named, and switches it on by naming it', () => {
    const result = compileProject({ services: { a: {}, b: {} } }, { services: ['b'] });
    expect(result.objects.map(({ metadata }) => metadata.name)).toEqual(['b', 'b']);
  });

  it('B3: says what a service waits for although it is compiled alone', () => {
    const result = compileProject(
      { services: { db: {}, web: { depends_on: { db: { condition: 'service_healthy', required: true } } } } },
      { services: ['web'] },
    );
    expect(result.objects.map(({ metadata }) => metadata.name)).not.toContain('db');
    expect(result.dependencies).toEqual([
      {
        from: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'ushadow', name: 'web' },
        to: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'ushadow', name: 'db' },
        condition: 'ready',
      },
    ]);
  });

  it('is not troubled by services that are not asked for, and only warns of a dependency that is not there', () => {
    const project = {
      services: {
        web: { depends_on: { gone: { condition: 'service_started' as const, required: true } } },
        agent: { volumes: [{ type: 'bind' as const, source: '/dev/net/tun', target: '/dev/net/tun' }] },
      },
    };
    const policy = { hostPaths: [] };
    const alone = compileProject(project, {
      services: ['web'],
      target: { namespace: 'test', policies: { pods: policy } },
    });
    expect(alone.ok).toBe(true);
    expect(codesOf(alone)).toContain('CMP0603 /services/web/depends_on/gone');
    expect(codesOf(alone).filter((code) => code.includes('/services/agent'))).toEqual([]);
    expect(compileProject(project, { target: { namespace: 'test', policies: { pods: policy } } }).ok).toBe(false);
  });

  it('R70, R71, R77, R78: the deployment spec reaches the objects and cannot break the selector', () => {
    const result = compileProject(
      { services: { web: { ports: [{ target: 80, protocol: 'tcp' }] } } },
      {
        specs: {
          web: {
            replicas: 3,
            serviceType: 'NodePort',
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { cpu: '500m', memory: '512Mi' } },
            annotations: { 'example.com/team': 'shop' },
            labels: { tier: 'front', 'app.kubernetes.io/name': 'other' },
            nodeName: 'n1',
            nodeSelector: { disk: 'ssd' },
            dns: { policy: 'ClusterFirst', ndots: 1 },
            disruption: { minAvailable: 1 },
            pullSecrets: ['regcred'],
            pullPolicy: 'Always',
            serviceAccount: 'web',
          },
        },
      },
    );
    const deployment = objectOf(result, 'Deployment', 'web');
    expect(deployment?.metadata.labels).toMatchObject({ tier: 'front', 'app.kubernetes.io/name': 'web' });
    expect(valueAt(deployment, ['spec', 'replicas'])).toBe(3);
    expect(valueAt(deployment, ['spec', 'template', 'metadata'])).toMatchObject({
      labels: { tier: 'front', 'app.kubernetes.io/name': 'web' },
      annotations: { 'example.com/team': 'shop' },
    });
    expect(valueAt(deployment, ['spec', 'template', 'spec'])).toMatchObject({
      nodeSelector: { disk: 'ssd', 'kubernetes.io/hostname': 'n1' },
      dnsPolicy: 'ClusterFirst',
      dnsConfig: { options: [{ name: 'ndots', value: '1' }] },
      imagePullSecrets: [{ name: 'regcred' }],
      serviceAccountName: 'web',
      containers: [
        { imagePullPolicy: 'Always', resources: { requests: { cpu: '100m' }, limits: { memory: '512Mi' } } },
      ],
    });
    expect(objectOf(result, 'Service', 'web')?.['spec']).toMatchObject({ type: 'NodePort' });
    expect(objectOf(result, 'PodDisruptionBudget', 'web')?.['spec']).toMatchObject({ minAvailable: 1 });
    expect(result.ok).toBe(true);
  });

  it('R115: an autoscaler for the workload that is there, which names no replicas', () => {
    const result = compileProject(
      {
        services: { db: { image: 'postgres', volumes: [{ type: 'volume', source: 'd', target: '/d' }] } },
        volumes: { d: { name: 'demo_d' } },
      },
      { specs: { db: { autoscale: { min: 2, max: 4, cpu: '60', memory: '200Mi' } } } },
    );
    expect(objectOf(result, 'HorizontalPodAutoscaler', 'db')?.['spec']).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'db' },
      minReplicas: 2,
      maxReplicas: 4,
      metrics: [
        { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 60 } } },
        { type: 'Resource', resource: { name: 'memory', target: { type: 'AverageValue', averageValue: '200Mi' } } },
      ],
    });
    expect(valueAt(objectOf(result, 'StatefulSet', 'db'), ['spec', 'replicas'])).toBeUndefined();
  });
});
