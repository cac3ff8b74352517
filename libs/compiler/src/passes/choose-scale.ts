import type { PlannedService } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';
import { runsNothing } from './runs-nothing.ts';

/** How many replicas, or which autoscaler decides: never both. */
export const chooseScale: Pass = {
  name: 'choose-scale',
  run(plan) {
    const hosts = new Map(plan.services.map((planned) => [planned.service.name, planned]));
    // A pod has the number of its host.
    return mapServices(plan, (planned) => ({ ...planned, ...scaleOf(hosts.get(planned.host) ?? planned) }));
  },
};

function scaleOf(planned: PlannedService): Pick<PlannedService, 'autoscale' | 'replicas'> {
  const { settings, service, kind } = planned;
  const scalable = kind === 'replicated' || kind === 'stateful';
  // An autoscaler would start what is to stand still.
  const autoscale = scalable && !runsNothing(planned) ? settings.autoscale : undefined;
  const given = kind === 'per-node' || autoscale !== undefined;
  return { autoscale, replicas: given ? undefined : (settings.replicas ?? service.rollout.replicas ?? 1) };
}
