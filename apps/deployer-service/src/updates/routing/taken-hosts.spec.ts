import { describe, expect, it } from '@jest/globals';
import { OWNER_ANNOTATION, ownerText, type KubeObject } from '@ushadow/kubernetes';
import { readLiveRoute, takenHosts } from './taken-hosts.ts';
import { formerGateway, issuersOf, readRoute } from './wanted-routes.ts';

const route = (namespace: string, name: string, hostnames: string[], project?: string): KubeObject => {
  const owner = { installation: 'i', stack: 's', project: project ?? '', namespace };
  const annotations = project === undefined ? {} : { [OWNER_ANNOTATION]: ownerText(owner) };
  const metadata = { name, namespace, annotations };
  return { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata, spec: { hostnames } };
};
const ingress = (namespace: string, name: string, ...hosts: string[]): KubeObject => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name, namespace },
  spec: { rules: hosts.map((host) => ({ host })) },
});
const own = { namespace: 'shop', project: 'shop' };
const found = (live: KubeObject[]) =>
  takenHosts([readRoute(route('shop', 'web', ['a.example', 'b.example']))], live.map(readLiveRoute), own);

describe('addresses that others have', () => {
  it('are named with the object, its namespace and its stack', () => {
    const messages = found([
      route('other', 'x', ['a.example'], 'blog'),
      ingress('third', 'y', 'b.example', 'c.example'),
    ]);
    expect(messages.map(({ message }) => message)).toEqual([
      'a.example is an address of HTTPRoute/x in namespace other as well, which is of the stack blog.',
      'b.example is an address of Ingress/y in namespace third as well, which is none of a stack.',
    ]);
  });

  it('are not those of the stack itself, written or not, nor of a route without hosts', () => {
    const live = [
      route('shop', 'web', ['a.example']),
      route('shop', 'former', ['b.example'], 'shop'),
      ingress('o', 'i'),
    ];
    expect(found(live)).toEqual([]);
  });

  it('are not those of other paths, nor of requests that have to look otherwise', () => {
    const at = (...matches: object[]): KubeObject =>
      ({ ...route('o', 'x', ['a.example']), spec: { hostnames: ['a.example'], rules: [{ matches }] } }) as KubeObject;
    const path = (type: string, value: string) => ({ path: { type, value } });
    expect(found([at(path('PathPrefix', '/api'))])).toEqual([]);
    expect(found([at(path('Exact', '/'))])).toEqual([]);
    expect(found([at({ ...path('PathPrefix', '/'), method: 'POST' })])).toEqual([]);
    expect(found([at(path('PathPrefix', '/'), path('PathPrefix', '/api'))])).toHaveLength(1);
    const http = { paths: [{ path: '/api/', pathType: 'Prefix' }] };
    const both = { ...ingress('o', 'i'), spec: { rules: [{ host: 'a.example', http }] } };
    const wanted = [readRoute(at(path('PathPrefix', '/api')))];
    expect(takenHosts(wanted, [readLiveRoute(both)], { namespace: 'shop', project: 'shop' })).toMatchObject([
      { message: expect.stringContaining('a.example/api/ is an address of Ingress/i') },
    ]);
  });

  it('are those of another stack in the same namespace', () => {
    expect(found([route('shop', 'former', ['b.example'], 'blog')])).toHaveLength(1);
  });
});

describe('the Gateway of former routes', () => {
  it('is what the first holds on to, itself or by a ListenerSet', () => {
    const parent = { name: 'web', namespace: 'edge' };
    const held = (parentRef: object): KubeObject =>
      ({ ...route('shop', 'web', []), spec: { parentRefs: [parentRef] } }) as unknown as KubeObject;
    const set = {
      apiVersion: 'gateway.networking.k8s.io/v1',
      kind: 'ListenerSet',
      metadata: { name: 's', namespace: 'shop' },
      spec: { parentRef: parent },
    };
    expect(formerGateway([held(parent)])).toEqual({ ...parent, listenerSets: false });
    expect(formerGateway([held({ kind: 'ListenerSet', name: 's' }), set])).toEqual({ ...parent, listenerSets: true });
    expect(formerGateway([ingress('shop', 'web', 'a.example')])).toBeUndefined();
  });
});

describe('issuers of certificates', () => {
  it('are those that Ingresses and ListenerSets name, once each', () => {
    const annotated = (name: string, annotations: Record<string, string>): KubeObject => ({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { name, annotations },
    });
    const objects = [
      annotated('a', { 'cert-manager.io/cluster-issuer': 'le' }),
      annotated('b', { 'cert-manager.io/cluster-issuer': 'le' }),
      annotated('c', { 'cert-manager.io/issuer': 'le' }),
      annotated('d', {}),
    ];
    expect(issuersOf(objects)).toEqual([
      { kind: 'ClusterIssuer', name: 'le' },
      { kind: 'Issuer', name: 'le' },
    ]);
  });
});
