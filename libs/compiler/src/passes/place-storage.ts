import type { FileSet, PlacedDesign, DesignedMount, PlacedService, Store } from '../model/design.ts';
import type { App } from '../model/app.ts';
import type { Mount } from '../model/storage.ts';
import type { BoundMount } from '../storage/bind-trees.ts';
import { boundPath, hasOverlaps, partedTrees, rootsOf } from '../storage/bind-trees.ts';
import { inFolders } from '../storage/empty-folders.ts';
import { boundKey, keysOfParts, withPartsElsewhere } from '../storage/bound-store.ts';
import { placeBind } from '../storage/place-bind.ts';
import { placeGrant } from '../storage/place-grant.ts';
import { placeVolume } from '../storage/place-volume.ts';
import { asMount } from '../storage/mount-context.ts';
import { volumeKey } from '../storage/same-volume.ts';
import type { MountContext, Placed, ResourceNames } from '../storage/mount-context.ts';
import { uniqueNames } from '../names/unique-names.ts';
import { mountName, resourceNames } from '../storage/store-names.ts';
import type { Pass } from './pass.ts';

/** Where every mounted path gets its content from: a store, scratch space, the node, or files that travel along. */
export const placeStorage: Pass<PlacedDesign> = {
  name: 'place-storage',
  run(design, { input, report }) {
    const { app } = design;
    const basis = { app, input, report, placeholders: design.placeholders, names: namesOf(app) };
    const roots = hasOverlaps(design) ? findRoots(design, basis) : new Map<string, string>();
    const users = sourceUsers(design, { ...basis, roots });
    const stores = new Map<string, Store>();
    const fileSets = new Map<string, FileSet>();
    const services = design.services.map((designed) => {
      const placed = placeAll({ ...basis, designed, users, roots });
      for (const { store, fileSet } of placed) {
        if (store !== undefined) stores.set(store.key, mergeStores(stores.get(store.key), store));
        if (fileSet !== undefined) fileSets.set(fileSet.key, fileSet);
      }
      return { ...designed, mounts: placed.map(({ mount }) => mount) };
    });
    const placed = {
      ...design,
      services,
      stores: [...stores.values()].sort(byName),
      fileSets: [...fileSets.values()].sort(byName),
    };
    return inFolders(placed, report);
  },
};

/** Made where one is asked for: a project may have thousands that no service uses. */
function namesOf({ name, volumes, configs, secrets }: App): ResourceNames {
  const ofVolumes = lazy(() => resourceNames(name, volumes));
  const ofMounts = lazy(() => uniqueNames(Object.keys(volumes)));
  const ofConfigs = lazy(() => resourceNames(name, configs));
  const ofSecrets = lazy(() => resourceNames(name, secrets));
  return {
    get volumes() {
      return ofVolumes();
    },
    get volumeMounts() {
      return ofMounts();
    },
    get configs() {
      return ofConfigs();
    },
    get secrets() {
      return ofSecrets();
    },
  };
}

function lazy<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

/** The first user's requests stand, unless only a later one has any. */
function mergeStores(known: Store | undefined, next: Store): Store {
  if (known === undefined) return next;
  const { size, sizeByDefault } = known.sizeByDefault ? next : known;
  return {
    ...known,
    size,
    sizeByDefault,
    className: known.className ?? next.className,
    holds: { ...known.holds, ...next.holds },
  };
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function sourceUsers(
  { services }: PlacedDesign,
  context: Basis & Pick<MountContext, 'roots'>,
): ReadonlyMap<string, readonly string[]> {
  // Services in one pod count once: they are always together.
  const users = new Map<string, Set<string>>();
  for (const designed of services) {
    for (const mount of designed.service.mounts) {
      if (mount.kind !== 'volume' && mount.kind !== 'bind') continue;
      const path = boundPath(mount, context.app);
      const key = path === undefined ? `volume:${volumeKey(mount.source, context.app)}` : boundKey(path, context);
      const parts = path === undefined ? [] : keysOfParts(path, context);
      const shown = parts.length > 0 && tried(mount, designed, context)?.store !== undefined ? parts : [];
      for (const each of new Set([key, ...shown])) {
        users.set(each, (users.get(each) ?? new Set()).add(designed.host));
      }
    }
  }
  return new Map([...users].map(([key, hosts]) => [key, [...hosts]]));
}

type Basis = Pick<MountContext, 'app' | 'input' | 'report' | 'placeholders' | 'names'>;

/** What becomes of a mount, without a word. */
function tried(mount: Mount, designed: PlacedService, basis: Basis): Placed | undefined {
  return placeMount(mount, { ...basis, designed, report: () => undefined, users: new Map(), roots: new Map() });
}

/** Which overlapping paths become one tree. */
function findRoots(design: PlacedDesign, basis: Basis): ReadonlyMap<string, string> {
  const mounts = design.services.flatMap((designed) =>
    designed.service.mounts.flatMap((mount): readonly BoundMount[] => {
      const path = boundPath(mount, design.app);
      const placed = path === undefined ? undefined : tried(mount, designed, basis);
      return path === undefined || placed === undefined
        ? []
        : [{ service: designed.service.name, path, mount: placed.mount }];
    }),
  );
  for (const { upper, lower } of partedTrees(mounts)) {
    const params = { service: lower.service, source: lower.path, other: upper.service, folder: upper.path };
    basis.report('CMP0917', lower.mount.path, params);
  }
  return rootsOf(mounts);
}

function placeAll(context: MountContext): readonly Placed[] {
  const { service } = context.designed;
  const mounts = service.mounts.flatMap((mount): readonly Placed[] => {
    const placed = placeMount(mount, context);
    return placed === undefined ? [] : withPartsElsewhere(placed, mount, context);
  });
  const grants = service.grants.flatMap((grant): readonly Placed[] => {
    const placed = placeGrant(grant, context);
    return placed === undefined ? [] : [placed];
  });
  const placed = [...mounts, ...grants, ...devices(context), ...sharedMemory(context.designed, service.mounts)];
  return copyWhereNested([...new Map(placed.map((item) => [item.mount.target, item])).values()]);
}

/** A folder of files cannot be written, so nothing could be mounted below it: such a folder is copied first. */
function copyWhereNested(placed: readonly Placed[]): readonly Placed[] {
  const targets = placed.map(({ mount }) => mount.target);
  return placed.map((item) => {
    const { source, subPath, target } = item.mount;
    const isFolder = source.kind === 'files' && subPath === undefined;
    if (!isFolder || !targets.some((other) => other.startsWith(`${target}/`))) return item;
    return { ...item, mount: { ...item.mount, copied: true, readOnly: false } };
  });
}

function placeMount(mount: Mount, context: MountContext): Placed | undefined {
  const { designed, report } = context;
  const name = (): string => mountName(designed.name, mount.target);
  switch (mount.kind) {
    case 'volume':
    case 'cluster':
      return placeVolume(mount, context);
    case 'bind':
      return placeBind(mount, context);
    case 'anonymous':
      return { mount: asMount(mount, { kind: 'scratch', memory: false, size: undefined }, name()) };
    case 'memory':
      return { mount: asMount(mount, { kind: 'scratch', memory: true, size: mount.size }, name()) };
    case 'image':
      return { mount: asMount({ ...mount, readOnly: true }, { kind: 'image', reference: mount.source }, name()) };
    case 'pipe':
      report('CMP0904', mount.path, { service: designed.service.name, source: mount.source });
      return undefined;
  }
}

/** Devices of the node; names of the Container Device Interface need a device plug-in instead. */
function devices(context: MountContext): readonly Placed[] {
  return context.designed.service.security.devices.flatMap((device): readonly Placed[] => {
    if (!device.source.startsWith('/')) {
      context.report('CMP0907', device.path, { service: context.designed.service.name, device: device.source });
      return [];
    }
    const mount: Mount = { ...NO_MOUNT, source: device.source, target: device.target, path: device.path };
    const placed = placeBind(mount, {
      ...context,
      designed: { ...context.designed, settings: { ...context.designed.settings, storageType: 'hostPath' } },
    });
    return placed === undefined ? [] : [placed];
  });
}

const NO_MOUNT: Mount = {
  kind: 'bind',
  source: '',
  target: '',
  readOnly: false,
  subPath: undefined,
  propagation: undefined,
  size: undefined,
  noCopy: false,
  copyUp: undefined,
  path: '',
};

const SHARED_MEMORY = '/dev/shm';

function sharedMemory(designed: PlacedService, mounts: readonly Mount[]): readonly Placed[] {
  const size = designed.service.resources.sharedMemory;
  if (size === undefined || mounts.some(({ target }) => target === SHARED_MEMORY)) return [];
  const mount: DesignedMount = {
    name: mountName(designed.name, SHARED_MEMORY),
    source: { kind: 'scratch', memory: true, size },
    target: SHARED_MEMORY,
    subPath: undefined,
    readOnly: false,
    propagation: undefined,
    copied: false,
    origin: '',
    filled: false,
    path: `${designed.service.path}/shm_size`,
  };
  return [{ mount }];
}
