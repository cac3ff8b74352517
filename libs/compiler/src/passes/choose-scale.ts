import type { GroupedDesign, GroupedService, NamedService } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/** How many replicas, or which autoscaler decides: never both. */
export const chooseScale: Pass<GroupedDesign> = {
  name: 'choose-scale',
  run(design) {
    const hosts = new Map(design.services.map((designed) => [designed.service.name, designed]));
    // A pod has the number of its host.
    return mapServices(design, (designed) => ({ ...designed, ...scaleOf(hosts.get(designed.host) ?? designed) }));
  },
};

function scaleOf(designed: GroupedService): Pick<GroupedService, 'autoscale' | 'replicas'> {
  const { settings, service, kind } = designed;
  const scalable = kind === 'replicated' || kind === 'stateful';
  // An autoscaler would start what is to stand still.
  const autoscale = scalable && !runsNothing(designed) ? settings.autoscale : undefined;
  const given = kind === 'per-node' || autoscale !== undefined;
  return { autoscale, replicas: given ? undefined : (settings.replicas ?? service.rollout.replicas ?? 1) };
}

/** Zero replicas were asked for: as in Compose nothing runs, and nobody waits for it. */
export function runsNothing({ settings, service }: NamedService): boolean {
  return (settings.replicas ?? service.rollout.replicas) === 0;
}
