import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '../object.ts';
import { depthsOf, requiredObjects } from './object-graph.ts';

const object = (apiVersion: string, kind: string, name: string, rest: object = {}): KubeObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'n' }, ...rest }) as KubeObject;

describe('the graph of objects', () => {
  it('distinguishes what pods need from what the object itself needs, and leaves out what is not of the set', () => {
    const spec = {
      serviceAccountName: 'account',
      containers: [{ envFrom: [{ secretRef: { name: 'keys' } }, { configMapRef: { name: 'elsewhere' } }] }],
    };
    const objects = [
      object('apps/v1', 'Deployment', 'web', { spec: { template: { spec } } }),
      object('v1', 'Secret', 'keys'),
      object('v1', 'ServiceAccount', 'account'),
    ];
    expect(requiredObjects(objects).get('apps/Deployment/n/web')).toEqual([
      { key: '/Secret/n/keys', by: 'pods' },
      { key: '/ServiceAccount/n/account', by: 'object' },
    ]);
  });

  it('writes an HTTPRoute after the Services and ListenerSets of its namespace that it names', () => {
    const spec = {
      parentRefs: [
        { name: 'edge', namespace: 'gateways' },
        { group: 'gateway.networking.k8s.io', kind: 'ListenerSet', name: 'shop' },
      ],
      rules: [
        {
          backendRefs: [
            { name: 'web', port: 80 },
            { name: 'elsewhere', namespace: 'other', port: 80 },
          ],
        },
        { filters: [] },
      ],
    };
    const objects = [
      object('gateway.networking.k8s.io/v1', 'HTTPRoute', 'web', { spec }),
      object('gateway.networking.k8s.io/v1', 'ListenerSet', 'shop'),
      object('v1', 'Service', 'web'),
      object('v1', 'Service', 'elsewhere'),
    ];
    expect(requiredObjects(objects).get('gateway.networking.k8s.io/HTTPRoute/n/web')).toEqual([
      { key: '/Service/n/web', by: 'pods' },
      { key: 'gateway.networking.k8s.io/ListenerSet/n/shop', by: 'object' },
    ]);
  });

  it('has the longest way to each object as its depth', () => {
    const edges = new Map([
      ['web', [{ on: 'db' }, { on: 'keys' }]],
      ['db', [{ on: 'keys' }]],
      ['keys', []],
    ]);
    const found = depthsOf(edges);
    expect(found.ok && Object.fromEntries(found.depths)).toEqual({ keys: 0, db: 1, web: 2 });
  });

  it('names a cycle and nothing around it', () => {
    const edges = new Map(['ab', 'bc', 'cb'].map(([from = '', on = '']) => [from, [{ on }]]));
    expect(depthsOf(edges)).toEqual({ ok: false, cycle: ['b', 'c', 'b'] });
  });
});
