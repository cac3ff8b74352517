import type { Alias, FileSet, NetworkRule, PlannedService, Store } from '../model/plan.ts';
import { podMates } from '../select/select-services.ts';
import type { EmitContext } from './emit-context.ts';

/** Which services want an object: sorted, none twice. */
export interface Shares {
  /** What a pod is made of, or names: all that run in it. */
  ofPod(planned: PlannedService): readonly string[];
  ofAlias(alias: Alias): readonly string[];
  ofNetwork(rule: NetworkRule): readonly string[];
  ofFileSet(set: FileSet): readonly string[];
  ofStore(store: Store): readonly string[];
}

export function sharesOf({ plan, stores }: EmitContext): Shares {
  const mates = podMates(plan);
  const ofPod = ({ service }: PlannedService): readonly string[] => sorted(mates.get(service.name) ?? [service.name]);
  const usersOf = (uses: (planned: PlannedService) => boolean): readonly string[] =>
    sorted(plan.services.filter(uses).flatMap(ofPod));
  const mounting = (uses: (source: PlannedService['mounts'][number]['source']) => boolean): readonly string[] =>
    usersOf(({ mounts }) => mounts.some(({ source }) => uses(source)));
  return {
    ofPod,
    ofAlias: ({ services }) => sorted(services),
    ofNetwork: ({ label }) => usersOf(({ networks }) => networks.includes(label)),
    ofFileSet: ({ key }) =>
      mounting((source) => source.kind === 'files' && source.parts.some(({ set }) => set === key)),
    ofStore: ({ name }) => mounting((source) => source.kind === 'store' && stores.get(source.store)?.name === name),
  };
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
