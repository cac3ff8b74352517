import type { ChannelData, ClusterData, NotificationKind, NotificationRuleData, StackData } from '@ushadow/contracts';

/** What people choose from, in the order they are asked in. */
export const eventWords: Readonly<Record<NotificationKind, string>> = {
  'deployment.failed': 'a deployment failed',
  'deployment.rolled-back': 'a deployment failed and was rolled back',
  'deployment.unknown': 'it is not known how a deployment ended',
  'deployment.succeeded': 'a deployment succeeded',
  'stack.drifted': 'others have changed a stack',
  'stack.in-sync': 'a stack is as deployed again',
  'cluster.status-changed': 'a cluster cannot be reached, or can be again',
  'credential.expires-soon': 'a cluster’s credential expires soon',
  'credential.expired': 'a cluster’s credential has expired',
};

export const eventNames = Object.keys(eventWords) as NotificationKind[];

export const kindWords: Readonly<Record<ChannelData['kind'], string>> = {
  webhook: 'Webhook',
  slack: 'Chat',
  email: 'E-mail',
};

export interface Names {
  /** ` (only in production)`, or nothing for a rule about everything. */
  readonly about: (rule: NotificationRuleData) => string;
}

/** The words for what rules are about. What is gone keeps its id. */
export function namesOf(
  clusters: readonly Pick<ClusterData, 'cluster_id' | 'name'>[],
  stacks: readonly Pick<StackData, 'stack_id' | 'project' | 'namespace'>[],
): Names {
  const cluster = new Map(clusters.map(({ cluster_id: id, name }) => [id, name]));
  const stack = new Map(stacks.map((each) => [each.stack_id, stackName(each)]));
  return {
    about: ({ cluster_id: inCluster, stack_id: ofStack }) => {
      if (ofStack !== undefined) return ` (only stack ${stack.get(ofStack) ?? ofStack})`;
      return inCluster === undefined ? '' : ` (only in ${cluster.get(inCluster) ?? inCluster})`;
    },
  };
}

export const stackName = ({ project, namespace }: Pick<StackData, 'project' | 'namespace'>): string =>
  project === namespace ? project : `${project} in ${namespace}`;
