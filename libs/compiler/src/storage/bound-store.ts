import { dnsLabel, own } from '@ushadow/kubernetes';
import type { Store } from '../model/design.ts';
import type { Mount } from '../model/storage.ts';
import { boundPath } from './bind-trees.ts';
import type { KeptPlace } from './kept-places.ts';
import { keptPlace, nameBeside, partsElsewhere } from './kept-places.ts';
import type { MountContext, Placed } from './mount-context.ts';
import { storeShape } from './store-shape.ts';
import { sourceIdentity } from './source-identity.ts';
import { mountName } from './store-names.ts';

type BoundContext = Pick<MountContext, 'input' | 'roots'>;

/** An earlier deployment made a volume of this very folder. */
export function isKept(mount: Mount, context: MountContext): boolean {
  const { app, input } = context;
  return own(input.claims ?? {}, identityOf(boundPath(mount, app) ?? mount.source, context)) !== undefined;
}

/** The store of a bound folder, and the part of the store that is the folder. */
export function boundStore(
  path: string,
  mount: Mount,
  context: MountContext,
): { readonly store: Store; readonly part: string } {
  const { app, input, roots } = context;
  const identity = identityOf(path, context);
  const kept = keptPlace(identity, input.claims ?? {});
  if (kept !== undefined)
    return { store: keptStore(kept, { [identity]: kept.folder }, mount, context), part: kept.folder };
  const root = roots.get(path) ?? path;
  const part = path.slice(root.length).replace(/^\/+/, '');
  const whole = identityOf(root, context);
  const name = nameBeside(input.claims ?? {}, dnsLabel(`${app.name}-host-${whole.replace(/^\.\//, '')}`), whole);
  const store = storeOf({ key: `path:${root}`, name, known: false, holds: { [identity]: part } }, mount, context);
  return { store, part };
}

/** The key of the store that holds this path, if it is data. */
export function boundKey(path: string, context: BoundContext): string {
  const kept = keptPlace(identityOf(path, context), context.input.claims ?? {});
  return kept === undefined ? `path:${context.roots.get(path) ?? path}` : keptKey(kept);
}

/** Keys of the stores of its parts that lie elsewhere, if it is data. */
export function keysOfParts(path: string, context: BoundContext): readonly string[] {
  const parts = partsElsewhere(identityOf(path, context), context.input.claims ?? {});
  return parts.map(({ place }) => keptKey(place));
}

/** A folder shows what lies in it, also where a part of it has had a place of its own before. */
export function withPartsElsewhere(placed: Placed, mount: Mount, context: MountContext): readonly Placed[] {
  const path = boundPath(mount, context.app);
  if (path === undefined || placed.store === undefined) return [placed];
  const { designed, input } = context;
  const targets = new Set(designed.service.mounts.map(({ target }) => target));
  const parts = partsElsewhere(identityOf(path, context), input.claims ?? {});
  return [
    placed,
    ...parts.flatMap(({ part, place }): readonly Placed[] => {
      const target = `${placed.mount.target.replace(/\/+$/, '')}/${part}`;
      if (targets.has(target)) return [];
      const store = keptStore(place, {}, mount, context);
      const name = mountName(designed.name, `/${store.name}`);
      const subPath = place.folder === '' ? undefined : place.folder;
      return [
        { mount: { ...placed.mount, name, source: { kind: 'store', store: store.key }, target, subPath }, store },
      ];
    }),
  ];
}

const keptKey = ({ claim }: KeptPlace): string => `claim:${claim}`;

function keptStore(place: KeptPlace, holds: Store['holds'], mount: Mount, context: MountContext): Store {
  return storeOf({ key: keptKey(place), name: place.claim, known: true, holds }, mount, context);
}

function storeOf(store: Pick<Store, 'key' | 'name' | 'known' | 'holds'>, mount: Mount, context: MountContext): Store {
  const users = context.users.get(store.key) ?? [context.designed.host];
  return {
    ...storeShape(store.key, undefined, users, context),
    ...store,
    folder: undefined,
    external: false,
    perReplicaOf: undefined,
    users,
    path: mount.path,
  };
}

/** What a bound path is called by the project. */
export const identityOf = (path: string, { input }: Pick<MountContext, 'input'>): string =>
  sourceIdentity(path, input.directory);
