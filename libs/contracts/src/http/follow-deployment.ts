import { operations } from '../registry.ts';
import { progressEvent, type DeploymentData, type ProgressEventData } from '../deployer/deployment.ts';
import type { DomainError } from '../domain-error.ts';
import { followEvents, type FollowPorts } from './follow-events.ts';

export interface FollowListener {
  readonly onOpen?: () => void;
  readonly onProgress: (event: ProgressEventData) => void;
  /** After the verdict; nothing follows. */
  readonly onEnd: (deployment: DeploymentData) => void;
  /** The connection is lost; it is tried again. */
  readonly onLost?: () => void;
  /** It cannot be followed, and trying again would not help. */
  readonly onRefused: (error: DomainError) => void;
}

/** Follows a deployment's events from the first to the verdict, each once, over lost connections. Returns what stops it. */
export function followDeployment(deploymentId: string, listener: FollowListener, ports: FollowPorts): () => void {
  let lastSequence = 0;
  return followEvents(
    {
      url: `${ports.baseUrl}/api/deployments/${encodeURIComponent(deploymentId)}/events/stream`,
      lastEventId: () => String(lastSequence),
      take: ({ event, data }) => {
        if (event === 'progress') {
          const progress = progressEvent.parse(JSON.parse(data));
          if (progress.sequence <= lastSequence) return false;
          lastSequence = progress.sequence;
          listener.onProgress(progress);
        }
        if (event !== 'end') return false;
        listener.onEnd(operations.getDeployment.output.parse(JSON.parse(data)));
        return true;
      },
      onOpen: listener.onOpen,
      onLost: listener.onLost,
      onRefused: listener.onRefused,
    },
    ports,
  );
}
