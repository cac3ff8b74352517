import { own } from '@ushadow/kubernetes';
import type { App } from '../model/app.ts';
import type { PlacedDesign, DesignedMount } from '../model/design.ts';
import type { Mount } from '../model/storage.ts';
import { isBelow } from './paths.ts';

/** The path of the machine that a mount shows: of a bind mount, and of a volume that its driver options make one. */
export function boundPath(mount: Mount, app: App): string | undefined {
  if (mount.kind === 'bind') return plain(mount.source);
  const { o = '', device = '' } = (mount.kind === 'volume' ? own(app.volumes, mount.source)?.options : undefined) ?? {};
  return /(^|,)r?bind(,|$)/.test(o) && device.startsWith('/') ? plain(device) : undefined;
}

const plain = (path: string): string => path.replace(/(?<=.)\/+$/, '');

/** Some mount shows a part of what another one shows. */
export function hasOverlaps({ app, services }: PlacedDesign): boolean {
  const paths = new Set(services.flatMap(({ service }) => service.mounts.map((mount) => boundPath(mount, app))));
  const all = [...paths].filter((path) => path !== undefined);
  return all.some((path) => all.some((other) => isBelow(path, other)));
}

export interface BoundMount {
  readonly service: string;
  readonly path: string;
  readonly mount: DesignedMount;
}

/** Each path that becomes a store, by the highest mounted folder above it that becomes one as well. */
export function rootsOf(mounts: readonly BoundMount[]): ReadonlyMap<string, string> {
  const stores = [...new Set(mounts.filter(({ mount }) => mount.source.kind === 'store').map(({ path }) => path))];
  const byLength = stores.toSorted((a, b) => a.length - b.length);
  return new Map(
    stores.flatMap((path): readonly (readonly [string, string])[] => {
      const root = byLength.find((other) => isBelow(path, other)) ?? path;
      const isTree = root !== path || stores.some((other) => isBelow(other, path));
      return isTree ? [[path, root]] : [];
    }),
  );
}

/** Pairs that show one tree under Compose and cannot here: files that travel along, and a store. */
export function partedTrees(
  mounts: readonly BoundMount[],
): readonly { readonly upper: BoundMount; readonly lower: BoundMount }[] {
  return mounts.flatMap((lower) => {
    const upper = mounts.find((other) => isBelow(lower.path, other.path) && isParted(other, lower));
    return upper === undefined ? [] : [{ upper, lower }];
  });
}

function isParted(upper: BoundMount, lower: BoundMount): boolean {
  const kinds = [upper.mount.source.kind, lower.mount.source.kind];
  if (!kinds.includes('store') || !kinds.includes('files')) return false;
  // Mounted into its own place, the part covers what the folder would show there.
  const own = upper.mount.target + lower.path.slice(upper.path.length);
  return upper.service !== lower.service || lower.mount.target !== own;
}
