import type { KubeObject } from '@ushadow/kubernetes';
import type { Right } from './features.ts';

const GROUP = 'rbac.authorization.k8s.io';
const API_VERSION = `${GROUP}/v1`;

/** Whom a role is bound to, as RBAC writes it. */
export interface Subject {
  readonly [key: string]: string;
  readonly kind: string;
  readonly name: string;
}

/** The ServiceAccount that the product suggests. */
export const ACCOUNT = 'ushadow';

export function serviceAccount(namespace: string, name = ACCOUNT): Subject {
  return { kind: 'ServiceAccount', name, namespace };
}

/** The subject that an API server calls by this name; the suggested ServiceAccount where it does not say. */
export function subjectOf(identity: string | undefined, namespace: string): Subject {
  if (identity === undefined) return serviceAccount(namespace);
  const [system, kind, home, name, ...more] = identity.split(':');
  const isAccount = system === 'system' && kind === 'serviceaccount' && more.length === 0;
  if (isAccount && home !== undefined && name !== undefined) return serviceAccount(home, name);
  return { kind: 'User', name: identity, apiGroup: GROUP };
}

/** A role with these rights and its binding: in a namespace, or cluster-wide where none is given. */
export function roleObjects(
  name: string,
  rights: readonly Right[],
  subject: Subject,
  namespace: string | undefined,
): [role: KubeObject, binding: KubeObject] {
  const metadata = namespace === undefined ? { name } : { name, namespace };
  const kind = namespace === undefined ? 'ClusterRole' : 'Role';
  return [
    { apiVersion: API_VERSION, kind, metadata, rules: rules(rights) },
    {
      apiVersion: API_VERSION,
      kind: `${kind}Binding`,
      metadata,
      roleRef: { apiGroup: GROUP, kind, name },
      subjects: [subject],
    },
  ];
}

interface Rule {
  readonly [key: string]: string[];
  readonly apiGroups: string[];
  readonly resources: string[];
  readonly verbs: string[];
}

/** One rule for all resources of a group that need the same verbs. */
function rules(rights: readonly Right[]): Rule[] {
  const byKey = new Map<string, Rule>();
  for (const { group, resource, verbs } of oneEach(rights)) {
    const key = JSON.stringify([group, verbs]);
    const rule = byKey.get(key) ?? { apiGroups: [group], resources: [], verbs: [...verbs] };
    rule.resources.push(resource);
    byKey.set(key, rule);
  }
  return [...byKey.values()];
}

/** Features share resources: their verbs together, each once. */
function oneEach(rights: readonly Right[]): readonly Right[] {
  const byResource = new Map<string, Right>();
  for (const right of rights) {
    const key = `${right.group}/${right.resource}`;
    const verbs = new Set([...(byResource.get(key)?.verbs ?? []), ...right.verbs]);
    byResource.set(key, { ...right, verbs: [...verbs] });
  }
  return [...byResource.values()];
}
