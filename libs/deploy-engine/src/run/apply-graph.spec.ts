import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { buildGraph } from './apply-graph.ts';

const object = (apiVersion: string, kind: string, name: string, rest: Record<string, unknown> = {}): KubeObject =>
  ({ apiVersion, kind, metadata: { name, namespace: 'n' }, ...rest }) as KubeObject;

function waitsFor(objects: readonly KubeObject[]): Record<string, string[]> {
  const graph = buildGraph({ objects, dependencies: [] });
  if (!graph.ok) throw new Error(graph.failure.message);
  return Object.fromEntries(
    graph.nodes.map(({ id, edges }) => [
      id.name,
      edges.map(({ on, condition }) => `${on.split('/').at(-1)} ${condition}`).sort(),
    ]),
  );
}

describe('what waits for what', () => {
  it('follows every way in which a pod names configuration, secrets, claims and accounts', () => {
    const spec = {
      serviceAccountName: 'account',
      initContainers: [{ env: [{ valueFrom: { secretKeyRef: { name: 'key-secret', key: 'k' } } }] }],
      containers: [
        { envFrom: [{ configMapRef: { name: 'env-map' } }, { secretRef: { name: 'env-secret' } }] },
        { env: [{ valueFrom: { configMapKeyRef: { name: 'elsewhere', key: 'k' } } }] },
      ],
      volumes: [
        { configMap: { name: 'volume-map' } },
        { secret: { secretName: 'volume-secret' } },
        { persistentVolumeClaim: { claimName: 'data' } },
        { projected: { sources: [{ secret: { name: 'projected-secret' } }] } },
      ],
    };
    const named = ['env-map', 'volume-map'].map((name) => object('v1', 'ConfigMap', name));
    const secrets = ['key-secret', 'env-secret', 'volume-secret', 'projected-secret'].map((name) =>
      object('v1', 'Secret', name),
    );
    const others = [object('v1', 'ServiceAccount', 'account'), object('v1', 'PersistentVolumeClaim', 'data')];
    const web = object('apps/v1', 'Deployment', 'web', { spec: { template: { spec } } });
    const names = [...named, ...secrets, ...others].map(({ metadata }) => `${metadata.name} applied`);
    expect(waitsFor([web, ...named, ...secrets, ...others])['web']).toEqual(names.sort());
  });

  it('puts roles before bindings, targets before autoscalers, headless services before their sets', () => {
    const roleRef = { kind: 'Role', name: 'role' };
    const scaleTargetRef = { kind: 'StatefulSet', name: 'set' };
    const graph = waitsFor([
      object('rbac.authorization.k8s.io/v1', 'RoleBinding', 'binding', { roleRef }),
      object('rbac.authorization.k8s.io/v1', 'Role', 'role'),
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'scaler', { spec: { scaleTargetRef } }),
      object('apps/v1', 'StatefulSet', 'set', { spec: { serviceName: 'peers' } }),
      object('v1', 'Service', 'peers'),
    ]);
    expect(graph).toMatchObject({ binding: ['role applied'], scaler: ['set applied'], set: ['peers applied'] });
  });

  it('waits until a definition is established before its objects are written', () => {
    const spec = { group: 'example.org', names: { kind: 'Thing' } };
    const definition = object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', 'things.example.org', { spec });
    expect(waitsFor([object('example.org/v1', 'Thing', 'one'), definition])['one']).toEqual([
      'things.example.org ready',
    ]);
  });

  it('refuses the same object twice', () => {
    const twice = [object('v1', 'ConfigMap', 'a'), object('v1', 'ConfigMap', 'a')];
    expect(buildGraph({ objects: twice, dependencies: [] })).toMatchObject({
      ok: false,
      failure: { code: 'DUPLICATE_OBJECT' },
    });
  });
});
