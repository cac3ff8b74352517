import type { Alias, FileSet, NetworkRule, PlannedService, Store } from '../model/design.ts';
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
  const usersBy = (keysOf: (planned: PlannedService) => readonly (string | undefined)[]) => {
    const users = new Map<string | undefined, PlannedService[]>();
    for (const planned of plan.services) {
      for (const key of new Set(keysOf(planned))) {
        const known = users.get(key) ?? [];
        known.push(planned);
        users.set(key, known);
      }
    }
    return (key: string): readonly string[] => sorted((users.get(key) ?? []).flatMap(ofPod));
  };
  const ofNetwork = usersBy(({ networks }) => networks);
  const ofFileSet = usersBy(({ mounts }) =>
    mounts.flatMap(({ source }) => (source.kind === 'files' ? source.parts.map(({ set }) => set) : [])),
  );
  const ofStore = usersBy(({ mounts }) =>
    mounts.flatMap(({ source }) => (source.kind === 'store' ? [stores.get(source.store)?.name] : [])),
  );
  return {
    ofPod,
    ofAlias: ({ services }) => sorted(services),
    ofNetwork: ({ label }) => ofNetwork(label),
    ofFileSet: ({ key }) => ofFileSet(key),
    ofStore: ({ name }) => ofStore(name),
  };
}

function sorted(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}
