import type { AccessRule, CallOptions, KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, knownMapping, canonicalYaml, objectId, groupBy } from '@ushadow/kubernetes';
import type { ClusterPort } from '../cluster.port.ts';
import { isWatched, isWorkload } from '../watch/watch-targets.ts';

export interface Permission {
  readonly verb: string;
  readonly group: string;
  /** Plural, with `/subresource` where it is one. */
  readonly resource: string;
  /** Empty: everywhere, or of a kind that lives in no namespace. */
  readonly namespace: string;
}

const WORKLOAD_READS: readonly {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}[] = [
  { group: '', resource: 'pods', verbs: ['get', 'list', 'watch'] },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  { group: '', resource: 'events', verbs: ['list', 'watch'] },
  { group: 'apps', resource: 'replicasets', verbs: ['list', 'watch'] },
];

/** What a deployment of these objects uses, in their namespaces. */
function neededPermissions(objects: readonly KubeObject[]): Permission[] {
  const needed = objects.flatMap((object): Permission[] => {
    const id = objectId(object);
    const mapping = knownMapping(id);
    if (mapping === undefined || id.namespace === undefined) return [];
    const { namespace, group } = id;
    const own = ['get', 'create', 'patch', ...(isWatched(object) ? ['list', 'watch'] : [])];
    return [
      ...own.map((verb) => ({ verb, group, resource: mapping.plural, namespace })),
      ...(isWorkload(object.kind) ? WORKLOAD_READS : []).flatMap(({ verbs, ...rest }) =>
        verbs.map((verb) => ({ verb, ...rest, namespace })),
      ),
    ];
  });
  return [...new Map(needed.map((permission) => [Object.values(permission).join(' '), permission])).values()];
}

/** What is missing of it: asked of the server, one request per namespace where that settles it. */
export async function missingPermissions(
  objects: readonly KubeObject[],
  cluster: ClusterPort,
  call: CallOptions = {},
): Promise<Permission[]> {
  const perNamespace = groupBy(neededPermissions(objects), ({ namespace }) => namespace);
  const missing = await Promise.all([...perNamespace].map(([name, needed]) => missingIn(name, needed, cluster, call)));
  return missing.flat();
}

async function missingIn(
  namespace: string,
  needed: readonly Permission[],
  cluster: ClusterPort,
  call: CallOptions,
): Promise<Permission[]> {
  const { rules, incomplete } = await cluster.selfSubjectRulesReview(namespace, call);
  const open = needed.filter((permission) => !rules.some((rule) => allows(rule, permission)));
  if (!incomplete) return open;
  const answers = await Promise.all(open.map((permission) => ask(permission, cluster, call)));
  return open.filter((_, index) => answers[index] === false);
}

async function ask(permission: Permission, cluster: ClusterPort, call: CallOptions): Promise<boolean> {
  const { verb, group, namespace } = permission;
  const [resource = '', subresource] = permission.resource.split('/');
  const attributes = { verb, group, namespace, resource, ...(subresource === undefined ? {} : { subresource }) };
  try {
    return (await cluster.selfSubjectAccessReview(attributes, call)).allowed;
  } catch (error) {
    // Not knowing is not the same as missing.
    if (error instanceof KubernetesApiError) return true;
    throw error;
  }
}

function allows(rule: AccessRule, { verb, group, resource }: Permission): boolean {
  const has = (list: readonly string[], value: string): boolean => list.includes('*') || list.includes(value);
  return (
    rule.resourceNames.length === 0 &&
    has(rule.verbs, verb) &&
    has(rule.apiGroups, group) &&
    has(rule.resources, resource)
  );
}

/** A Role per namespace that grants exactly what is missing, as YAML to hand to an administrator. */
export function roleYaml(missing: readonly Permission[], name = 'ushadow-deploy'): string {
  return [...groupBy(missing, ({ namespace }) => namespace)]
    .map(([namespace, permissions]) => {
      const byResource = groupBy(permissions, ({ group, resource }) => `${group} ${resource}`);
      const rules = [...byResource.values()].map((same) => ({
        apiGroups: [same[0]?.group ?? ''],
        resources: [same[0]?.resource ?? ''],
        verbs: same.map(({ verb }) => verb),
      }));
      const apiVersion = 'rbac.authorization.k8s.io/v1';
      if (namespace === '') return canonicalYaml({ apiVersion, kind: 'ClusterRole', metadata: { name }, rules });
      return canonicalYaml({ apiVersion, kind: 'Role', metadata: { name, namespace }, rules });
    })
    .join('---\n');
}
