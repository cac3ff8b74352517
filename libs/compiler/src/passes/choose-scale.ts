import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';
import { runsNothing } from './runs-nothing.ts';

/** How many replicas, or which autoscaler decides: never both. */
export const chooseScale: Pass = {
  name: 'choose-scale',
  run(plan) {
    return mapServices(plan, (planned) => {
      const { settings, service, kind } = planned;
      const scalable = kind === 'replicated' || kind === 'stateful';
      // An autoscaler would start what is to stand still.
      const autoscale = scalable && !runsNothing(planned) ? settings.autoscale : undefined;
      const replicas =
        kind === 'per-node' || autoscale !== undefined
          ? undefined
          : (settings.replicas ?? service.rollout.replicas ?? 1);
      return { ...planned, autoscale, replicas };
    });
  },
};
