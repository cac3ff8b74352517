import { describe, expect, it } from '@jest/globals';
import { objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT } from '../content/stack-content.ts';
import { insideUrls, serviceAddresses } from './service-addresses.ts';

const GATEWAY_API = 'gateway.networking.k8s.io';
const SET = { group: GATEWAY_API, kind: 'ListenerSet', name: 'shop' };
const EDGE = { name: 'web', namespace: 'edge' };
const gateway: KubeObject = {
  apiVersion: `${GATEWAY_API}/v1`,
  kind: 'Gateway',
  metadata: EDGE,
  spec: {
    listeners: [
      { name: 'web', protocol: 'HTTP', port: 80 },
      { name: 'secure', protocol: 'HTTPS', port: 443 },
    ],
  },
};
const forward = { matches: [{ path: { type: 'PathPrefix', value: '/' } }], backendRefs: [{ name: 'web', port: 80 }] };

interface Held {
  readonly parent: Record<string, string>;
  readonly accepted?: string;
}

const route = (held: readonly Held[], rule: object = forward): KubeObject =>
  ({
    apiVersion: `${GATEWAY_API}/v1`,
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop', generation: 1 },
    spec: { parentRefs: held.map(({ parent }) => parent), hostnames: ['shop.example'], rules: [rule] },
    status: {
      parents: held.map(({ parent, accepted }) => ({
        parentRef: { group: GATEWAY_API, kind: 'Gateway', ...parent },
        conditions: accepted === undefined ? [] : [{ type: 'Accepted', status: accepted, observedGeneration: 1 }],
      })),
    },
  }) as unknown as KubeObject;

const addresses = (object: KubeObject, seen = true) =>
  serviceAddresses(
    'web',
    { ...NO_CONTENT, objects: [{ object, services: ['web'] }] },
    {
      byKey: new Map([[objectKey(objectId(object)), object]]),
      pods: [],
      claims: [],
      nodeAddresses: [],
      gateways: new Map(seen ? [['edge/web', gateway]] : []),
    },
  ).map(({ url, ready }) => ({ url, ready }));

describe('addresses of an HTTPRoute', () => {
  it('are plain, and ready once a parent has accepted it', () => {
    expect(addresses(route([{ parent: EDGE }]))).toEqual([{ url: 'http://shop.example', ready: false }]);
    expect(addresses(route([{ parent: EDGE, accepted: 'False' }]))).toEqual([
      { url: 'http://shop.example', ready: false },
    ]);
    expect(addresses(route([{ parent: EDGE, accepted: 'True' }]))).toEqual([
      { url: 'http://shop.example', ready: true },
    ]);
  });

  it('are secure where it holds on to an HTTPS listener or a ListenerSet that has accepted it', () => {
    const secure = (ready: boolean) => [{ url: 'https://shop.example', ready }];
    const onListener = { ...EDGE, sectionName: 'secure' };
    expect(addresses(route([{ parent: onListener, accepted: 'True' }]))).toEqual(secure(true));
    expect(addresses(route([{ parent: onListener, accepted: 'True' }]), false)).toEqual(secure(true));
    expect(addresses(route([{ parent: SET, accepted: 'True' }]))).toEqual(secure(true));
    expect(addresses(route([{ parent: SET }, { parent: EDGE, accepted: 'True' }]))).toEqual(secure(false));
    const onPlain = { ...EDGE, sectionName: 'web' };
    expect(addresses(route([{ parent: onPlain, accepted: 'True' }]))).toEqual([
      { url: 'http://shop.example', ready: true },
    ]);
  });

  it('have the path, and are none where it only redirects', () => {
    const below = { ...forward, matches: [{ path: { type: 'PathPrefix', value: '/api' } }] };
    expect(addresses(route([{ parent: EDGE }], below))).toEqual([{ url: 'http://shop.example/api', ready: false }]);
    const redirect = { filters: [{ type: 'RequestRedirect', requestRedirect: { scheme: 'https' } }] };
    expect(addresses(route([{ parent: EDGE }], redirect))).toEqual([]);
  });
});

describe('URLs inside the cluster', () => {
  it('§2.10.4 service URL: have the name of the Service and its TCP ports, and none of those that lead outward', () => {
    const service = (name: string, ports: readonly object[]): KubeObject =>
      ({
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'shop' },
        spec: { ports },
      }) as unknown as KubeObject;
    const objects = [
      service('web', [{ port: 80 }, { port: 53, protocol: 'UDP' }, { port: 443, protocol: 'TCP' }]),
      service('web-outward', [{ port: 8080 }]),
      service('db', [{ port: 5432 }]),
    ].map((object) => ({ object, services: ['web'] }));
    expect(insideUrls('web', { ...NO_CONTENT, objects })).toEqual([
      'http://web.shop.svc.cluster.local:80',
      'http://web.shop.svc.cluster.local:443',
    ]);
  });
});
