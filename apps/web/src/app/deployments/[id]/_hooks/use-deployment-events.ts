import type { DeploymentData } from '@ushadow/contracts';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchDeployment } from '../../../../live/watch-deployment.ts';
import { LiveDeployment, type LiveState } from '../_events/live-deployment.ts';
import { useOutline } from './use-outline.ts';

/** The events of a deployment, from the first and as they come. `row`: the deployment as it was asked for, once it is there. */
export function useDeploymentEvents(deploymentId: string, row: DeploymentData | undefined): LiveState {
  const [live] = useState(() => new LiveDeployment());
  useEffect(
    () =>
      watchDeployment(deploymentId, {
        onEvents: (events) => {
          live.take(events);
        },
        onConnection: (connection) => {
          live.change({ connection });
        },
        onEnd: (ended) => {
          live.change({ ended, connection: 'ended' });
        },
        onRefused: (refusal) => {
          live.change({ refusal, connection: 'ended' });
        },
      }),
    [deploymentId, live],
  );
  const state = useSyncExternalStore(live.subscribe, live.read, live.read);
  const outline = useOutline(state.ended ?? row);
  useEffect(() => {
    if (outline !== null) live.drawAfter(outline);
  }, [outline, live]);
  return state;
}
