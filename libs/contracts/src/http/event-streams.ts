import type { Access } from '../access.ts';
import type { HttpBinding, ServiceName } from '../define-operation.ts';

/**
 * What the gateway sends on by itself, as server-sent events: not one answer, so no operation. Each stream ends with `restart`
 * and a `retry:` when the gateway itself ends; whoever connects again goes on without a gap.
 */
export interface EventStream {
  readonly service: ServiceName;
  readonly path: HttpBinding['path'];
  readonly summary: string;
  /** Of each thing that is followed. */
  readonly access: Access;
}

export const eventStreams = {
  followDeployment: {
    service: 'deployer',
    path: '/api/deployments/:deployment_id/events/stream',
    access: { role: 'viewer', scope: 'stack' },
    summary:
      'Progress of a deployment: `progress` (its id is the sequence), at last `end` with the deployment; goes on after `Last-Event-ID`',
  },
  followDeployments: {
    service: 'deployer',
    path: '/api/events/stream',
    access: { role: 'viewer', scope: 'stack' },
    summary:
      'Progress of several deployments over one connection: `deployment=ID:AFTER` as often as there are some; events as in the stream of one, and `failure` names one that cannot be followed; ends with the last',
  },
  followScans: {
    service: 'scanner',
    path: '/api/kubernetes/:cluster_id/scan-infra/stream',
    access: { role: 'viewer', scope: 'cluster' },
    summary: 'Scans of a cluster, `progress` and `completed`, for as long as somebody listens',
  },
} as const satisfies Readonly<Record<string, EventStream>>;
