import { Injectable } from '@nestjs/common';
import type { OutputOf, operations } from '@ushadow/contracts';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { toApiFailure } from '../check/to-api-failure.ts';
import { ConnectCluster } from '../clusters/connect-cluster.ts';
import { features, type Feature, type Right } from './features.ts';
import { allowsEverything, missingRights } from './missing-rights.ts';
import { roleYaml } from './role-yaml.ts';

type Output = OutputOf<typeof operations.checkPermissions>;

const DEADLINE_MS = 15_000;

/** Asks the API server what the stored credential may do: one review of rules, and single reviews for what it leaves open. */
@Injectable()
export class CheckPermissions {
  constructor(private readonly connect: ConnectCluster) {}

  async run(clusterId: string, wanted: string | undefined): Promise<Output> {
    const { stored, connection } = await this.connect.run(clusterId);
    const namespace = wanted ?? stored.namespace;
    const transport = new KubernetesTransport(connection, { callDeadlineMs: DEADLINE_MS });
    try {
      const { rules } = await transport.selfSubjectRulesReview(namespace);
      const all = await Promise.all(
        features.map(async (feature) => {
          const open = missingRights(feature.rights, rules);
          const missing = (
            await Promise.all(open.map((right) => stillMissing(transport, feature, right, namespace)))
          ).flat();
          return toFeature(feature, missing, namespace);
        }),
      );
      return { cluster_id: clusterId, namespace, cluster_admin: allowsEverything(rules), features: all };
    } catch (error) {
      throw toApiFailure(error);
    } finally {
      await transport.close();
    }
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

function toFeature(feature: Feature, missing: readonly Right[], namespace: string): Output['features'][number] {
  return {
    feature: feature.feature,
    title: feature.title,
    optional: feature.optional,
    available: missing.length === 0,
    missing: missing.map(({ group, resource, verbs }) => ({ api_group: group, resource, verbs: [...verbs] })),
    yaml: missing.length === 0 ? null : roleYaml(feature, missing, namespace),
  };
}
