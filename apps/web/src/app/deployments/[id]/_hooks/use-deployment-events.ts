import type { DeploymentData } from '@ushadow/contracts';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useQuery } from '../../../../api/use-query.ts';
import { watchDeployment } from '../../../../live/watch-deployment.ts';
import { useWholePlan } from '../../../plans/_hooks/use-whole-plan.ts';
import type { Outline } from '../_events/fold.ts';
import { LiveDeployment, type LiveState } from '../_events/live-deployment.ts';
import { outlineOf } from '../_events/outline.ts';

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
    if (outline !== null) live.setOutline(outline);
  }, [outline, live]);
  return state;
}

/** Which objects are of which service; null until the deployment is known. */
function useOutline(deployment: DeploymentData | undefined): Outline | null {
  const planId = deployment?.plan_id ?? null;
  const plan = useWholePlan(planId);
  const needsStack = deployment !== undefined && (planId === null || plan.error !== undefined);
  const stack = useQuery('getStack', { stack_id: deployment?.stack_id ?? '' }, { enabled: needsStack });
  const { data: planned } = plan;
  const { data: placed } = stack;
  return useMemo(
    () => (deployment === undefined ? null : outlineOf(deployment, planned, placed)),
    [deployment, planned, placed],
  );
}
