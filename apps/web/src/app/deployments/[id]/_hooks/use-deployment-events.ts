import type { DeploymentData, DomainError } from '@ushadow/contracts';
import { useEffect, useState } from 'react';
import { withEvent, type EventLog } from '../_events/event-log.ts';
import { followDeployment } from '../_events/follow-deployment.ts';

export interface DeploymentEvents {
  readonly log: EventLog;
  /** The deployment with its verdict, once it has ended. */
  readonly ended: DeploymentData | null;
  readonly connection: 'connecting' | 'live' | 'lost' | 'ended';
  readonly refusal: DomainError | null;
}

const nothing: DeploymentEvents = { log: [], ended: null, connection: 'connecting', refusal: null };

/** The events of a deployment, from the first and as they come. */
export function useDeploymentEvents(deploymentId: string): DeploymentEvents {
  const [state, setState] = useState(nothing);
  useEffect(() => {
    const change = (part: Partial<DeploymentEvents>) => {
      setState((last) => ({ ...last, ...part }));
    };
    return followDeployment(deploymentId, {
      onOpen: () => {
        change({ connection: 'live' });
      },
      onProgress: (event) => {
        setState((last) => ({ ...last, log: withEvent(last.log, event) }));
      },
      onEnd: (ended) => {
        change({ ended, connection: 'ended' });
      },
      onLost: () => {
        change({ connection: 'lost' });
      },
      onRefused: (refusal) => {
        change({ refusal, connection: 'ended' });
      },
    });
  }, [deploymentId]);
  return state;
}
