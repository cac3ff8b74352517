import type { NotificationKind } from '@ushadow/contracts';

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
