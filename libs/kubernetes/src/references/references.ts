import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject, listAt, valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { ObjectId } from '../object-id.ts';
import { isGatewayRoute } from '../route-status.ts';
import { podSpecOf } from './pod-template.ts';

type Reference = Omit<ObjectId, 'version'>;

/** Fields that name another object, wherever they stand in a pod spec. */
const NAMING_FIELDS: Readonly<Record<string, { readonly kind: string; readonly key: string }>> = {
  configMap: { kind: 'ConfigMap', key: 'name' },
  configMapRef: { kind: 'ConfigMap', key: 'name' },
  configMapKeyRef: { kind: 'ConfigMap', key: 'name' },
  secret: { kind: 'Secret', key: 'secretName' },
  secretRef: { kind: 'Secret', key: 'name' },
  secretKeyRef: { kind: 'Secret', key: 'name' },
  persistentVolumeClaim: { kind: 'PersistentVolumeClaim', key: 'claimName' },
};

/** Objects that must be written before this one, because it names them. */
export function referencesOf(object: KubeObject): Reference[] {
  const { namespace } = object.metadata;
  const local = (kind: string, name: JsonValue | undefined, group = ''): Reference[] => {
    if (typeof name !== 'string' || name === '') return [];
    return [namespace === undefined ? { group, kind, name } : { group, kind, name, namespace }];
  };
  const podSpec = podSpecOf(object);
  return [
    ...namedIn(podSpec).flatMap(({ kind, name }) => local(kind, name)),
    ...local('ServiceAccount', valueAt(podSpec, ['serviceAccountName'])),
    ...(object.kind === 'StatefulSet' ? local('Service', valueAt(object, ['spec', 'serviceName'])) : []),
    ...bindingReferences(object, local),
    ...scaleReferences(object, local),
    ...routeReferences(object, local),
    ...(namespace === undefined ? [] : [{ group: '', kind: 'Namespace', name: namespace }]),
  ];
}

function bindingReferences(
  object: KubeObject,
  local: (kind: string, name: JsonValue | undefined, group?: string) => Reference[],
): Reference[] {
  const kind = valueAt(object, ['roleRef', 'kind']);
  const name = valueAt(object, ['roleRef', 'name']);
  const group = 'rbac.authorization.k8s.io';
  if (kind === 'Role') return local(kind, name, group);
  return kind === 'ClusterRole' && typeof name === 'string' ? [{ group, kind, name }] : [];
}

function scaleReferences(
  object: KubeObject,
  local: (kind: string, name: JsonValue | undefined, group?: string) => Reference[],
): Reference[] {
  if (object.kind !== 'HorizontalPodAutoscaler') return [];
  const kind = valueAt(object, ['spec', 'scaleTargetRef', 'kind']);
  return typeof kind === 'string' ? local(kind, valueAt(object, ['spec', 'scaleTargetRef', 'name']), 'apps') : [];
}

const GATEWAY_API = 'gateway.networking.k8s.io';

/** What a route of a Gateway leads to, and what listens for it. Of other namespaces nothing is ever brought along. */
function routeReferences(
  object: KubeObject,
  local: (kind: string, name: JsonValue | undefined, group?: string) => Reference[],
): Reference[] {
  if (!isGatewayRoute(object)) return [];
  const isLocal = (reference: JsonObject): boolean =>
    reference['namespace'] === undefined || reference['namespace'] === object.metadata.namespace;
  const backends = listAt(object, ['spec', 'rules'])
    .flatMap((rule) => listAt(rule, ['backendRefs']))
    .filter((backend) => isLocal(backend) && (backend['kind'] ?? 'Service') === 'Service');
  const sets = listAt(object, ['spec', 'parentRefs']).filter(
    (parent) => isLocal(parent) && parent['kind'] === 'ListenerSet',
  );
  return [
    ...backends.flatMap((backend) => local('Service', backend['name'])),
    ...sets.flatMap((set) => local('ListenerSet', set['name'], GATEWAY_API)),
  ];
}

function namedIn(value: JsonValue | undefined): { kind: string; name: JsonValue | undefined }[] {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).flatMap(namedIn);
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([field, child]) => {
    const naming = Object.hasOwn(NAMING_FIELDS, field) ? NAMING_FIELDS[field] : undefined;
    if (naming === undefined || !isJsonObject(child)) return namedIn(child);
    // In a projected volume `secret` has a `name` instead.
    return [{ kind: naming.kind, name: child[naming.key] ?? child['name'] }];
  });
}
