import type { OutputOf, operations } from '@ushadow/contracts';
import type { ClusterConnection } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { features, type Feature, type Right } from './features.ts';
import { allowsEverything, missingRights } from './missing-rights.ts';
import { roleYaml } from './role-yaml.ts';

export type Permissions = Omit<OutputOf<typeof operations.checkPermissions>, 'cluster_id'>;

const DEADLINE_MS = 10_000;

/**
 * Asks the API server what a credential may do: one review of rules, and single reviews for what it leaves open.
 * Throws KubernetesApiError.
 */
export async function reviewPermissions(connection: ClusterConnection, namespace: string): Promise<Permissions> {
  const transport = new KubernetesTransport(connection, { callDeadlineMs: DEADLINE_MS });
  try {
    const [identity, { rules }] = await Promise.all([
      transport.selfSubjectReview(),
      transport.selfSubjectRulesReview(namespace),
    ]);
    const reviewed = await Promise.all(
      features.map(async (feature) => {
        const open = missingRights(feature.rights, rules);
        const answers = open.map((right) => stillMissing(transport, feature, right, namespace));
        return toFeature(feature, (await Promise.all(answers)).flat(), namespace, identity);
      }),
    );
    return { namespace, identity: identity ?? null, cluster_admin: allowsEverything(rules), features: reviewed };
  } finally {
    await transport.close();
  }
}

/** The rules review speaks of one namespace and may be incomplete (webhooks): each open right is asked for by itself. */
async function stillMissing(
  transport: KubernetesTransport,
  feature: Feature,
  right: Right,
  namespace: string,
): Promise<Right[]> {
  const [resource = '', subresource] = right.resource.split('/');
  const place = feature.scope === 'namespace' ? { namespace } : {};
  const answers = await Promise.all(
    right.verbs.map(async (verb) => {
      const attributes = { verb, group: right.group, resource, ...place };
      const asked = subresource === undefined ? attributes : { ...attributes, subresource };
      return (await transport.selfSubjectAccessReview(asked)).allowed;
    }),
  );
  const verbs = right.verbs.filter((_verb, index) => answers[index] !== true);
  return verbs.length === 0 ? [] : [{ ...right, verbs }];
}

function toFeature(
  feature: Feature,
  missing: readonly Right[],
  namespace: string,
  identity: string | undefined,
): Permissions['features'][number] {
  return {
    feature: feature.feature,
    title: feature.title,
    optional: feature.optional,
    available: missing.length === 0,
    missing: missing.map(({ group, resource, verbs }) => ({ api_group: group, resource, verbs: [...verbs] })),
    yaml: missing.length === 0 ? null : roleYaml(feature, missing, namespace, identity),
  };
}
