import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { diagnoseListenerSet, diagnoseRoute } from './recognisers/route-rows.ts';

const GATEWAY_API = 'gateway.networking.k8s.io/v1';
const no = (type: string, reason: string, message = 'as it is') => ({ type, status: 'False', reason, message });
const yes = (type: string) => ({ type, status: 'True', reason: type, message: '' });

/** One parent that says these. */
const route = (parent: object, ...conditions: object[]): KubeObject =>
  ({
    apiVersion: GATEWAY_API,
    kind: 'HTTPRoute',
    metadata: { name: 'web', namespace: 'shop', generation: 3 },
    spec: { parentRefs: [parent] },
    status: {
      parents: [{ parentRef: { group: 'gateway.networking.k8s.io', kind: 'Gateway', ...parent }, conditions }],
    },
  }) as unknown as KubeObject;
const edge = { name: 'web', namespace: 'edge' };
const listenerSet = (status: object): KubeObject =>
  ({
    apiVersion: GATEWAY_API,
    kind: 'ListenerSet',
    metadata: { name: 'shop', namespace: 'shop' },
    spec: { parentRef: { name: 'web' } },
    status,
  }) as unknown as KubeObject;

describe('what stands against a route', () => {
  it('is the parent that does not take it, with its reason and message', () => {
    const found = diagnoseRoute(
      route(edge, no('Accepted', 'NotAllowedByListeners', 'not from here'), yes('ResolvedRefs')),
    );
    expect(found).toMatchObject([
      {
        code: 'ROUTE_REFUSED',
        finality: { kind: 'after', ms: 10_000 },
        message: 'Gateway edge/web does not take the route: NotAllowedByListeners: not from here',
        field: 'spec.parentRefs[0]',
        remedy: expect.stringContaining('allowedRoutes'),
      },
    ]);
  });

  it('is a Service that is not found', () => {
    const found = diagnoseRoute(route(edge, yes('Accepted'), no('ResolvedRefs', 'BackendNotFound')));
    expect(found).toMatchObject([{ code: 'ROUTE_UNRESOLVED', field: 'spec.rules' }]);
  });

  it('is waited for where a ListenerSet or a controller is on its way', () => {
    const ofSet = { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'shop' };
    expect(diagnoseRoute(route(ofSet, no('Accepted', 'NoReadyListeners')))).toMatchObject([
      { finality: { kind: 'wait' } },
    ]);
    expect(diagnoseRoute(route(edge, no('Accepted', 'Pending')))).toMatchObject([{ finality: { kind: 'wait' } }]);
  });

  it('is nothing where all is well, nobody has answered, or the answer is about an earlier one', () => {
    expect(diagnoseRoute(route(edge, yes('Accepted'), yes('ResolvedRefs')))).toEqual([]);
    expect(diagnoseRoute(route(edge))).toEqual([]);
    expect(diagnoseRoute(route(edge, { ...no('Accepted', 'NoMatchingParent'), observedGeneration: 2 }))).toEqual([]);
  });
});

describe('what stands against a ListenerSet', () => {
  it('is a certificate that is not there yet, which is waited for', () => {
    const refs = no('ResolvedRefs', 'InvalidCertificateRef', 'no Secret shop-tls');
    const found = diagnoseListenerSet(
      listenerSet({
        conditions: [yes('Accepted'), no('Programmed', 'Invalid')],
        listeners: [{ name: 'https', conditions: [refs] }],
      }),
    );
    expect(found).toMatchObject([
      {
        code: 'LISTENER_SET_NOT_READY',
        finality: { kind: 'wait' },
        message: expect.stringContaining('listener https: InvalidCertificateRef: no Secret shop-tls'),
      },
    ]);
  });

  it('is a Gateway that takes none from here, for good', () => {
    const found = diagnoseListenerSet(listenerSet({ conditions: [no('Accepted', 'NotAllowed')] }));
    expect(found).toMatchObject([
      { finality: { kind: 'after', ms: 10_000 }, remedy: expect.stringContaining('allowedListeners') },
    ]);
    expect(diagnoseListenerSet(listenerSet({}))).toEqual([]);
  });
});
