import { canonicalYamlStream, type KubeObject } from '@ushadow/kubernetes';
import type { Feature, Right } from './features.ts';

const GROUP = 'rbac.authorization.k8s.io';
const ACCOUNT = 'ushadow';

/** Role and binding that give the rights to the ServiceAccount `ushadow` of the namespace; adapt the subject if it is another. */
export function roleYaml(feature: Feature, rights: readonly Right[], namespace: string): string {
  const isCluster = feature.scope === 'cluster';
  const name = `ushadow-${feature.feature}`;
  const metadata = isCluster ? { name } : { name, namespace };
  const apiVersion = `${GROUP}/v1`;
  const roleKind = isCluster ? 'ClusterRole' : 'Role';
  const role: KubeObject = { apiVersion, kind: roleKind, metadata, rules: rules(rights) };
  const binding: KubeObject = {
    apiVersion,
    kind: `${roleKind}Binding`,
    metadata,
    roleRef: { apiGroup: GROUP, kind: roleKind, name },
    subjects: [{ kind: 'ServiceAccount', name: ACCOUNT, namespace }],
  };
  return canonicalYamlStream([role, binding]);
}

/** One rule for all resources of a group that need the same verbs. */
function rules(rights: readonly Right[]) {
  const byKey = new Map<string, { apiGroups: string[]; resources: string[]; verbs: string[] }>();
  for (const { group, resource, verbs } of rights) {
    const key = JSON.stringify([group, verbs]);
    const rule = byKey.get(key) ?? { apiGroups: [group], resources: [], verbs: [...verbs] };
    rule.resources.push(resource);
    byKey.set(key, rule);
  }
  return [...byKey.values()];
}
