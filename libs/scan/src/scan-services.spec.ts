import { describe, expect, it } from '@jest/globals';
import { OWNER_ANNOTATION, ownerText } from '@ushadow/kubernetes/owner';
import { recognisers } from './recognisers.ts';
import { scanServices, type ScanInput } from './scan-services.ts';

type Json = Record<string, unknown>;
interface Fixture {
  readonly image?: string;
  readonly port?: number;
  readonly targetPort?: number | string;
  readonly portName?: string;
  readonly labels?: Json;
  readonly spec?: Json;
  readonly status?: Json;
  readonly ready?: boolean;
  readonly containers?: readonly Json[];
}

/** A Service with the pod and the slice behind it. */
function fixture(name: string, given: Fixture): ScanInput {
  const { image, port, targetPort, portName, labels, spec, status, ready, containers } = given;
  const ports = port === undefined ? [] : [{ name: portName, port, targetPort, protocol: 'TCP' }];
  const pod = { metadata: { name: `${name}-0`, namespace: 'infra', labels: { app: name } } };
  const own = containers ?? (image === undefined ? undefined : [{ name: 'c', image }]);
  return {
    services: [
      {
        metadata: { name, namespace: 'infra', labels },
        spec: { type: 'ClusterIP', clusterIP: '10.0.0.9', selector: { app: name }, ports, ...spec },
        status,
      },
    ],
    pods: own === undefined ? [] : [{ ...pod, spec: { containers: own } }],
    endpointSlices:
      ready === undefined
        ? []
        : [
            {
              metadata: { namespace: 'infra', labels: { 'kubernetes.io/service-name': name } },
              endpoints: [{ addresses: ['10.1.0.1'], conditions: { ready } }],
            },
          ],
  };
}

function scan(...parts: ScanInput[]) {
  const all = (key: keyof ScanInput) => parts.flatMap((part) => part[key] ?? []);
  return scanServices({
    services: all('services'),
    pods: all('pods'),
    endpointSlices: all('endpointSlices'),
    workloads: all('workloads'),
    nodes: all('nodes'),
  });
}
const found = (output: ReturnType<typeof scan>) =>
  Object.values(output.infra)
    .filter((result) => result.found)
    .map((result) => `${result.type}=${result.service_name ?? ''}`);

describe('recognising the five of the seed', () => {
  it.each([
    ['R48', 'mongo', 'mongo:7', 27017],
    ['R48', 'mongo', 'docker.io/bitnami/mongodb@sha256:0123', 27017],
    ['R49', 'redis', 'redis:7-alpine', 6379],
    ['R49', 'redis', 'localhost:5000/valkey/valkey:8', 6379],
    ['R50', 'postgres', 'ghcr.io/cloudnative-pg/postgresql:16.2', 5432],
    ['R50', 'postgres', 'pgvector/pgvector:pg16', 5432],
    ['R51', 'qdrant', 'qdrant/qdrant:v1.9', 6333],
    ['R52', 'neo4j', 'neo4j:5-community', 7687],
  ])('%s: %s by image %s and port, whatever its name', (_id, type, image, port) => {
    const { infra } = scan(fixture('backing-store', { image, port, ready: true }));
    expect(infra[type]).toMatchObject({
      found: true,
      endpoints: [`backing-store.infra.svc.cluster.local:${port}`],
      namespace: 'infra',
      confidence: 'high',
      ready: true,
      reason: `image ${image}, port ${port}`,
    });
    expect(Object.values(infra).filter((one) => one.found)).toHaveLength(1);
  });

  it('R67: every type has an entry with the fields clients know, found or not', () => {
    const { infra } = scan();
    expect(Object.keys(infra).slice(0, 5)).toEqual(['mongo', 'redis', 'postgres', 'qdrant', 'neo4j']);
    expect(infra['mongo']).toMatchObject({
      found: false,
      endpoints: [],
      type: 'mongo',
      namespace: null,
      default_port: 27017,
    });
  });

  it('recognises each further type by its first image and port', () => {
    for (const { type, images, ports } of recognisers) {
      const output = scan(fixture('thing', { image: `registry.example/x/${images[0] ?? ''}:1`, port: ports[0].port }));
      expect(found(output)).toEqual([`${type}=thing`]);
    }
  });
});

describe('I17: exporters, operators and user interfaces are never chosen (M8)', () => {
  const real = fixture('data-mongo', { image: 'mongo:7', port: 27017 });
  const traps = [
    fixture('mongo-express', { image: 'mongo-express:1', port: 8081 }),
    fixture('mongo', { image: 'mongo-express:1', port: 27017 }),
    fixture('redis-exporter', { image: 'oliver006/redis_exporter:v1', port: 9121 }),
    fixture('redis', { image: 'rediscommander/redis-commander', port: 6379 }),
    fixture('postgres-operator', { image: 'registry.opensource.zalan.do/acid/postgres-operator:v1', port: 8080 }),
    fixture('postgres-exporter', { port: 9187 }),
    fixture('mongodb-kubernetes-operator', { port: 27017 }),
    fixture('kafka-ui', { image: 'provectuslabs/kafka-ui', port: 9092 }),
    fixture('pgadmin-postgres', { image: 'dpage/pgadmin4', port: 5432 }),
  ];

  it('finds only the real one among the traps, in any order', () => {
    expect(found(scan(...traps, real))).toEqual(['mongo=data-mongo']);
    expect(found(scan(real, ...[...traps].reverse()))).toEqual(['mongo=data-mongo']);
  });

  it('does not take the metrics port of a sidecar for the database', () => {
    const containers = [
      { name: 'redis', image: 'bitnami/redis:7', ports: [{ name: 'redis', containerPort: 6379 }] },
      { name: 'metrics', image: 'bitnami/redis-exporter:1', ports: [{ name: 'metrics', containerPort: 9121 }] },
    ];
    const metrics = fixture('redis-metrics', { containers, port: 9121, targetPort: 'metrics' });
    const main = fixture('redis-master', { containers, port: 6379, targetPort: 'redis' });
    expect(found(scan(metrics))).toEqual([]);
    expect(found(scan(metrics, main))).toEqual(['redis=redis-master']);
  });

  it('does not take an application that carries the word in its name', () => {
    expect(found(scan(fixture('redis-worker-api', { image: 'acme/app:1', port: 8080 })))).toEqual([]);
    expect(found(scan(fixture('postgres-migrator', { image: 'acme/migrator:1', port: 80 })))).toEqual([]);
  });

  it('takes a database whose own name has such a word, by its image', () => {
    expect(found(scan(fixture('admin', { image: 'postgres:16', port: 5432 })))).toEqual(['postgres=admin']);
  });
});

describe('evidence and confidence (B13)', () => {
  it('is medium when no pod can be seen, and says so', () => {
    const { infra } = scan(fixture('redis', { port: 6379, labels: { 'app.kubernetes.io/name': 'redis' } }));
    expect(infra['redis']).toMatchObject({
      confidence: 'medium',
      ready: null,
      reason: 'port 6379, label app.kubernetes.io/name=redis, its name, no pod to be seen behind it',
    });
  });

  it('is low when only the port speaks for it, and nothing for a port that many use', () => {
    const { infra } = scan(fixture('db', { image: 'acme/db:1', port: 5432 }));
    expect(infra['postgres']).toMatchObject({ found: true, confidence: 'low' });
    expect(found(scan(fixture('api', { image: 'acme/api:1', port: 9200 })))).toEqual([]);
  });

  it('takes nothing for infrastructure because a port is called http', () => {
    expect(found(scan(fixture('web', { port: 80, portName: 'http' })))).toEqual([]);
    const ports = [
      { name: 'http', port: 7474 },
      { name: 'bolt', port: 7687 },
    ];
    expect(found(scan(fixture('graph', { spec: { ports } })))).toEqual(['neo4j=graph']);
  });

  it('tells two types on one port apart by the image', () => {
    expect(found(scan(fixture('search', { image: 'opensearchproject/opensearch:2', port: 9200 })))).toEqual([
      'opensearch=search',
    ]);
    expect(found(scan(fixture('store', { image: 'minio/minio', port: 9000 })))).toEqual(['minio=store']);
  });

  it('B23: says when none of its endpoints is ready', () => {
    const { infra } = scan(fixture('mongo', { image: 'mongo:7', port: 27017, ready: false }));
    expect(infra['mongo']).toMatchObject({ found: true, ready: false });
  });

  it('takes the template of a workload that has no pod', () => {
    const workload = {
      metadata: { name: 'mongo', namespace: 'infra' },
      spec: { template: { metadata: { labels: { app: 'data' } }, spec: { containers: [{ image: 'mongo:7' }] } } },
    };
    const { infra } = scan(fixture('data', { port: 27017 }), { services: [], workloads: [workload] });
    expect(infra['mongo']).toMatchObject({ confidence: 'high' });
  });

  it('prefers the writable end, then what is ready, and shows the others', () => {
    const { infra } = scan(
      fixture('pg-ro', { image: 'postgres:16', port: 5432, ready: true }),
      fixture('pg-rw', { image: 'postgres:16', port: 5432, ready: true }),
      fixture('a-broken', { image: 'postgres:16', port: 5432, ready: false }),
    );
    expect(infra['postgres']?.service_name).toBe('pg-rw');
    expect(infra['postgres']?.alternatives.map((one) => one.service_name)).toEqual(['pg-ro', 'a-broken']);
  });

  it('offers the Secret its credentials come from, by reference only', () => {
    const env = [
      { name: 'POSTGRES_USER', value: 'canary-user' },
      { name: 'POSTGRES_PASSWORD', valueFrom: { secretKeyRef: { name: 'pg-auth', key: 'password' } } },
    ];
    const output = scan(fixture('pg', { containers: [{ image: 'postgres:16', env }], port: 5432 }));
    expect(output.infra['postgres']?.secret_refs).toEqual([{ role: 'password', name: 'pg-auth', key: 'password' }]);
    expect(JSON.stringify(output)).not.toContain('canary');
  });

  it('says what made the Service', () => {
    const [service] = fixture('pg-rw', { image: 'postgres:16', port: 5432 }).services as Json[];
    const metadata = { ...(service?.['metadata'] as Json), ownerReferences: [{ kind: 'Cluster', name: 'pg' }] };
    const { infra } = scanServices({ services: [{ ...service, metadata }] });
    expect(infra['postgres']?.made_by).toBe('Cluster/pg');
  });
});

describe('what belongs to a stack', () => {
  const marked = (name: string) => {
    const given = fixture(name, { image: 'postgres:16', port: 5432 });
    const [service] = given.services as Json[];
    const mark = { installation: 'i', stack: 's', project: 'shop', namespace: 'infra' };
    const annotations = { [OWNER_ANNOTATION]: ownerText(mark) };
    return { ...given, services: [{ ...service, metadata: { ...(service?.['metadata'] as Json), annotations } }] };
  };

  it('is found, and says whose it is', () => {
    expect(scan(marked('db')).infra['postgres']).toMatchObject({ found: true, service_name: 'db', stack: 'shop' });
    expect(scan(fixture('db', { image: 'postgres:16', port: 5432 })).infra['postgres']?.stack).toBeNull();
  });

  it('comes after what belongs to none, however well known', () => {
    const { infra } = scan(marked('postgres'), fixture('store', { port: 5432, portName: 'postgres' }));
    expect(infra['postgres']).toMatchObject({ service_name: 'store', stack: null });
    expect(infra['postgres']?.alternatives).toMatchObject([{ service_name: 'postgres', stack: 'shop' }]);
  });
});

describe('endpoints by type of Service', () => {
  const image = 'mongo:7';
  const nodes = [
    { metadata: { name: 'a' }, status: { addresses: [{ type: 'InternalIP', address: '10.0.0.4' }] } },
    {
      metadata: { name: 'b' },
      status: {
        conditions: [{ type: 'Ready', status: 'True' }],
        addresses: [
          { type: 'Hostname', address: 'b' },
          { type: 'ExternalIP', address: '203.0.113.5' },
          { type: 'InternalIP', address: '10.0.0.5' },
        ],
      },
    },
  ];
  const dns = 'mongo.infra.svc.cluster.local:27017';
  const nodePort = fixture('mongo', {
    image,
    spec: { type: 'NodePort', ports: [{ port: 27017, nodePort: 32017 }] },
  });
  const balancer = (ingress: Json[]) =>
    fixture('mongo', { image, port: 27017, spec: { type: 'LoadBalancer' }, status: { loadBalancer: { ingress } } });
  const endpoints = (...parts: ScanInput[]) => scan(...parts).infra['mongo']?.endpoints;

  it('R55: ClusterIP gives the cluster DNS name', () => {
    expect(endpoints(fixture('mongo', { image, port: 27017 }))).toEqual([dns]);
  });

  it('R56, I18: NodePort gives the address of a ready node and the node port', () => {
    expect(endpoints(nodePort, { services: [], nodes })).toEqual(['10.0.0.5:32017', dns]);
  });

  it('D7: NodePort gives the in-cluster address when nodes may not be listed', () => {
    expect(endpoints(nodePort)).toEqual([dns]);
  });

  it('R57: LoadBalancer gives its IP, bracketed when it is IPv6', () => {
    expect(endpoints(balancer([{ ip: '198.51.100.7' }]))).toEqual(['198.51.100.7:27017', dns]);
    expect(endpoints(balancer([{ ip: '2001:db8::7' }]))).toEqual(['[2001:db8::7]:27017', dns]);
  });

  it('I19: LoadBalancer with a host name only gives the host name', () => {
    expect(endpoints(balancer([{ hostname: 'lb.example.com' }]))).toEqual(['lb.example.com:27017', dns]);
  });

  it('I20: LoadBalancer without address is found, pending, with the in-cluster endpoint', () => {
    expect(scan(balancer([])).infra['mongo']).toMatchObject({ found: true, pending: true, endpoints: [dns] });
  });

  it('I21: ExternalName gives its external name; the others are unaffected', () => {
    const external = (name: string, externalName: string) =>
      fixture(name, { spec: { type: 'ExternalName', externalName, ports: undefined, clusterIP: undefined } });
    const { infra, problems } = scan(
      external('redis', 'cache.example.com'),
      external('elsewhere', 'www.example.com'),
      fixture('mongo', { image, port: 27017 }),
    );
    expect(infra['redis']).toMatchObject({ found: true, endpoints: ['cache.example.com:6379'], ready: null });
    expect(infra['mongo']).toMatchObject({ found: true, endpoints: [dns] });
    expect(problems).toEqual([]);
  });

  it('I22: headless gives the cluster DNS name with the port the pods listen on', () => {
    const spec = { clusterIP: 'None' };
    expect(endpoints(fixture('mongo', { image, port: 27017, spec }))).toEqual([dns]);
    expect(endpoints(fixture('mongo', { image, port: 80, targetPort: 27017, spec }))).toEqual([dns]);
  });

  it('puts the port applications use first when there are several', () => {
    const ports = [
      { name: 'http', port: 7474 },
      { name: 'tcp-bolt', port: 7687 },
      { name: 'backup', port: 6362 },
    ];
    const { infra } = scan(fixture('neo4j', { image: 'neo4j:5', spec: { ports } }));
    expect(infra['neo4j']?.ports).toEqual([
      { name: 'bolt', port: 7687, endpoint: 'neo4j.infra.svc.cluster.local:7687' },
      { name: 'http', port: 7474, endpoint: 'neo4j.infra.svc.cluster.local:7474' },
    ]);
  });

  it('follows a port that the Service calls by another number', () => {
    const { infra } = scan(fixture('pg', { image: 'postgres:16', port: 15432, targetPort: 5432 }));
    expect(infra['postgres']).toMatchObject({
      endpoints: ['pg.infra.svc.cluster.local:15432'],
      ports: [{ name: 'postgresql', port: 5432, endpoint: 'pg.infra.svc.cluster.local:15432' }],
    });
  });
});

describe('hostile and broken input', () => {
  it('isolates a Service that cannot be read', () => {
    const { infra, problems } = scan(
      { services: [{ metadata: {} }, null, 7] },
      fixture('m', { image: 'mongo', port: 27017 }),
    );
    expect(infra['mongo']?.found).toBe(true);
    expect(problems).toHaveLength(3);
  });

  it('never throws, whatever the fields hold', () => {
    const odd = [null, 'x', 7, [], {}, [null], [{ port: 'x' }], { a: 1 }];
    for (const one of odd) {
      const services = [
        { metadata: { name: 'redis', labels: one }, spec: { ports: one, selector: one, type: one }, status: one },
        { metadata: { name: 'redis' }, spec: one },
      ];
      expect(() =>
        scanServices({ services, pods: [one], nodes: [one], endpointSlices: [one], workloads: [one] }),
      ).not.toThrow();
    }
  });

  it('takes names of prototype properties for names like any other', () => {
    const output = scan(fixture('constructor', { image: '__proto__', port: 80, labels: { app: 'toString' } }));
    expect(found(output)).toEqual([]);
  });
});
