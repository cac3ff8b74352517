import { groupBy } from '@ushadow/kubernetes';
import type { FileSet, PlacedDesign, PlacedService, Store } from '../model/design.ts';
import type { NameRequest } from '../names/give-names.ts';
import { giveNames } from '../names/give-names.ts';
import { namePodVolumes } from '../names/pod-volumes.ts';
import type { Pass } from './pass.ts';

/**
 * No two claims, ConfigMaps or Secrets have one name. What is there keeps its own; then come names that the file gives,
 * those of the services, and those made up for what a project holds.
 */
export const nameObjects: Pass<PlacedDesign> = {
  name: 'name-objects',
  run(design) {
    const sets = {
      plain: nameSets(design, false, ({ name }) => [`${name}-config`]),
      secret: nameSets(design, true, ({ name }) => [`${name}-secrets`, `${name}-tls`]),
    };
    const claims = nameClaims(design);
    const pods = groupBy(design.services, ({ host }) => host);
    const named = new Map(
      [...pods.values()].flatMap(namePodVolumes).map((designed) => [designed.service.name, designed]),
    );
    const ownSet = (designed: PlacedService, secret: boolean): string =>
      (secret ? sets.secret : sets.plain).get(serviceKey(designed, 0)) ?? designed.name;
    return {
      ...design,
      services: design.services.map((designed) => ({
        ...designed,
        mounts: named.get(designed.service.name)?.mounts ?? designed.mounts,
        sets: { plain: ownSet(designed, false), secret: ownSet(designed, true) },
      })),
      fileSets: design.fileSets.map((set) => ({
        ...set,
        name: (set.secret ? sets.secret : sets.plain).get(set.key) ?? set.name,
      })),
      stores: design.stores.map((store) => ({ ...store, name: claims.get(store.key) ?? store.name })),
    };
  },
};

const serviceKey = ({ service }: PlacedService, index: number): string => `service:${service.name}:${index}`;

function nameSets(
  design: PlacedDesign,
  secret: boolean,
  namesOf: (designed: PlacedService) => readonly string[],
): ReadonlyMap<string, string> {
  const sets = design.fileSets.filter((set) => set.secret === secret).toSorted(byKey);
  const request = ({ key, name, naming }: FileSet): NameRequest => ({ key, name, fixed: naming === 'external' });
  const ofServices = design.services.flatMap((designed) =>
    namesOf(designed).map((name, index) => ({ key: serviceKey(designed, index), name })),
  );
  return giveNames([
    ...sets.filter(({ naming }) => naming !== 'derived').map(request),
    ...ofServices,
    ...sets.filter(({ naming }) => naming === 'derived').map(request),
  ]);
}

/** Volumes before folders; never the name of a claim that a set makes for one of its replicas. */
function nameClaims({ stores, services }: PlacedDesign): ReadonlyMap<string, string> {
  const templates = stores.filter(({ perReplicaOf }) => perReplicaOf !== undefined);
  const prefixes = templates.flatMap((store) => {
    const owner = services.find(({ service }) => service.name === store.perReplicaOf);
    const mounts = services.filter(({ host }) => host === store.perReplicaOf).flatMap((designed) => designed.mounts);
    return mounts
      .filter(({ source }) => source.kind === 'store' && source.store === store.key)
      .map(({ name }) => `${name}-${owner?.name ?? ''}-`);
  });
  const isOfReplica = (name: string): boolean =>
    prefixes.some((prefix) => name.startsWith(prefix) && /^\d+$/.test(name.slice(prefix.length)));
  const request = ({ key, name, external, known }: Store): NameRequest => ({ key, name, fixed: external || known });
  const own = stores.filter(({ perReplicaOf }) => perReplicaOf === undefined).toSorted(byKey);
  const isVolume = ({ key }: Store): boolean => key.startsWith('volume:');
  return giveNames([...own.filter(isVolume), ...own.filter((store) => !isVolume(store))].map(request), isOfReplica);
}

function byKey(a: { readonly key: string }, b: { readonly key: string }): number {
  return a.key < b.key ? -1 : a.key > b.key ? 1 : 0;
}
