import { useEffect, useState, useSyncExternalStore } from 'react';
import { watchDeployment } from '../../../../live/watch-deployment.ts';
import type { Outline } from '../_events/fold.ts';
import { LiveDeployment, type LiveState } from '../_events/live-deployment.ts';

/** The events of a deployment, from the first and as they come. `outline` must stay the same object while it says the same. */
export function useDeploymentEvents(deploymentId: string, outline: Outline | null): LiveState {
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
  useEffect(() => {
    if (outline !== null) live.drawAfter(outline);
  }, [outline, live]);
  return useSyncExternalStore(live.subscribe, live.read, live.read);
}
