import { describe, expect, it } from '@jest/globals';
import { pod, service, together, NAMESPACE } from '../testing/cluster-objects.ts';
import { scanServices, type ScanInput } from './scan-services.ts';

const selector = { app: 'cache' };
const behind = pod('cache-0', selector, ['redis:7', { redis: 6379 }]);
const redis = (...parts: readonly ScanInput[]) => scanServices(together(behind, ...parts)).infra['redis'];
const inCluster = `cache.${NAMESPACE}.svc.cluster.local:6379`;

const node = (name: string, address: string, ready = true) => ({
  metadata: { name },
  status: {
    conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    addresses: [{ type: 'InternalIP', address }],
  },
});
const nodePort = (spec: object = {}) =>
  service('cache', {
    selector,
    ports: [],
    spec: { type: 'NodePort', ports: [{ port: 6379, nodePort: 31_000 }], ...spec },
  });
const withNodes = (...nodes: readonly unknown[]): ScanInput => ({ services: [], nodes });

describe('endpoints', () => {
  it('R56, D4: of a NodePort Service are the address of a ready node and the node port, never a placeholder', () => {
    const result = redis(nodePort(), withNodes(node('a', '10.0.0.1', false), node('b', '10.0.0.2')));
    expect(result?.endpoints).toEqual(['10.0.0.2:31000', inCluster]);
  });

  it('R56: of one that answers only where its pods run, are of such a node', () => {
    const slice = {
      metadata: { namespace: NAMESPACE, labels: { 'kubernetes.io/service-name': 'cache' } },
      endpoints: [{ addresses: ['10.1.0.1'], conditions: { ready: true }, nodeName: 'b' }],
    };
    const nodes = withNodes(node('a', '10.0.0.1'), node('b', '10.0.0.2'));
    const local = nodePort({ externalTrafficPolicy: 'Local' });
    expect(redis(local, nodes, { services: [], endpointSlices: [slice] })?.endpoints[0]).toBe('10.0.0.2:31000');
    expect(redis(nodePort(), nodes, { services: [], endpointSlices: [slice] })?.endpoints[0]).toBe('10.0.0.1:31000');
  });

  it('R56: of a NodePort Service whose nodes have IPv6 addresses are bracketed', () => {
    expect(redis(nodePort(), withNodes(node('a', 'fd00::1')))?.endpoints[0]).toBe('[fd00::1]:31000');
  });

  it('M8: are chosen by port, not by order', () => {
    const ports = [
      ['sentinel', 26379],
      ['redis', 6379],
    ] as const;
    expect(redis(service('cache', { selector, ports }))?.endpoints[0]).toBe(inCluster);
  });

  it('are not given for ports that only members and monitoring use', () => {
    const ports = [
      ['transport', 9300],
      ['http', 9200],
    ] as const;
    const objects = together(
      service('search', { selector: { app: 'search' }, ports }),
      pod('search-0', { app: 'search' }, ['elasticsearch:8']),
    );
    expect(scanServices(objects).infra['elasticsearch']?.endpoints).toEqual([
      `search.${NAMESPACE}.svc.cluster.local:9200`,
    ]);
  });

  it('I21: of an ExternalName Service are its declared port, else the usual one; an address of another kind gives none', () => {
    const external = (name: string, externalName: string, ports: readonly (readonly [undefined, number])[] = []) =>
      scanServices(service(name, { ports, spec: { type: 'ExternalName', externalName } })).infra['redis'];
    expect(external('redis', 'cache.example.com.')).toMatchObject({
      endpoints: ['cache.example.com:6379'],
      confidence: 'low',
      service_type: 'ExternalName',
    });
    expect(external('sessions', 'redis.abc.cache.example.com', [[undefined, 6379]])).toMatchObject({
      endpoints: ['redis.abc.cache.example.com:6379'],
      confidence: 'medium',
    });
    expect(external('redis', 'cache.example.com', [[undefined, 6380]])?.endpoints).toEqual(['cache.example.com:6380']);
    expect(external('redis-exporter', 'metrics.example.com')?.found).toBe(false);
    expect(external('mail', 'smtp.example.com')?.found).toBe(false);
  });

  it('of a port that is called https say so', () => {
    const objects = service('elasticsearch', { ports: [['https', 9200]] });
    expect(scanServices(objects).infra['elasticsearch']?.ports).toEqual([
      { name: 'https', port: 9200, endpoint: `elasticsearch.${NAMESPACE}.svc.cluster.local:9200` },
    ]);
  });
});

describe('B23: readiness', () => {
  const withEndpoints = (endpoints: readonly string[] | undefined, ready = true) =>
    redis(service('cache', { selector, ports: [['redis', 6379]], ready, ...(endpoints && { endpoints }) }))?.ready;

  it('is that of the endpoints: ready, none ready, none at all, and not seen', () => {
    expect(withEndpoints(['cache-0'])).toBe(true);
    expect(withEndpoints(['cache-0'], false)).toBe(false);
    expect(withEndpoints([])).toBe(false);
    expect(withEndpoints(undefined)).toBeNull();
  });
});
