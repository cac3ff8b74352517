import type { Alias, FileSet, NetworkRule, DesignedService, Store } from '../model/design.ts';
import { podMates } from '../select/select-services.ts';
import type { EmitContext } from './emit-context.ts';

/** Which services want an object: sorted, none twice. */
export interface Shares {
  /** What a pod is made of, or names: all that run in it. */
  ofPod(designed: DesignedService): readonly string[];
  ofAlias(alias: Alias): readonly string[];
  ofNetwork(rule: NetworkRule): readonly string[];
  ofFileSet(set: FileSet): readonly string[];
  ofStore(store: Store): readonly string[];
}

export function sharesOf({ design, stores }: EmitContext): Shares {
  const mates = podMates(design);
  const ofPod = ({ service }: DesignedService): readonly string[] => sorted(mates.get(service.name) ?? [service.name]);
  const usersBy = (keysOf: (designed: DesignedService) => readonly (string | undefined)[]) => {
    const users = new Map<string | undefined, DesignedService[]>();
    for (const designed of design.services) {
      for (const key of new Set(keysOf(designed))) {
        const known = users.get(key) ?? [];
        known.push(designed);
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
