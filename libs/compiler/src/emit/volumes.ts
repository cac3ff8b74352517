import type { FilePart, MountSource, DesignedMount, DesignedService } from '../model/design.ts';
import { memoryQuantity } from '../text/quantities.ts';
import type { EmitContext } from './emit-context.ts';
import type { Draft, DraftRecord } from './sourced.ts';
import { from } from './sourced.ts';

/** The volumes of a pod: one for each name, per-replica stores left out, since their templates bring them. */
export function emitVolumes(services: readonly DesignedService[], context: EmitContext): readonly Draft[] {
  const mounts = new Map(services.flatMap(({ mounts: own }) => own).map((mount) => [mount.name, mount]));
  return [...mounts.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((mount) => {
      const volume = emitVolume(mount.source, context);
      if (volume === undefined) return [];
      if (!mount.copied) return [from(mount.path, { name: mount.name, ...volume })];
      const scratch = from(mount.path, { name: mount.name, emptyDir: {} });
      return [scratch, from(mount.path, { name: mount.origin, ...volume })];
    });
}

const COPY_IMAGE = 'busybox:1.37';

/** Copies files into the scratch space that is mounted in their place. */
export function emitCopies(
  services: readonly DesignedService[],
  image: string | undefined,
  giveName: (text: string) => string,
): readonly Draft[] {
  return services.flatMap(({ mounts }) =>
    mounts
      .filter(({ copied }) => copied)
      .map((mount) =>
        from(mount.path, {
          name: giveName(`copy-${mount.name}`),
          image: image ?? COPY_IMAGE,
          command: ['/bin/sh', '-c', 'cp -RL /from/. /to/'],
          volumeMounts: [
            { name: mount.origin, mountPath: '/from', readOnly: true },
            { name: mount.name, mountPath: '/to' },
          ],
        }),
      ),
  );
}

function emitVolume(source: MountSource, context: EmitContext): DraftRecord | undefined {
  switch (source.kind) {
    case 'store': {
      const store = context.stores.get(source.store);
      if (store === undefined || store.perReplicaOf !== undefined) return undefined;
      return { persistentVolumeClaim: { claimName: store.name } };
    }
    case 'scratch':
      return {
        emptyDir: {
          medium: source.memory ? 'Memory' : undefined,
          sizeLimit: source.size === undefined ? undefined : memoryQuantity(source.size),
        },
      };
    case 'host':
      return { hostPath: { path: source.path, type: source.type } };
    case 'nfs':
      return { nfs: { server: source.server, path: source.path } };
    case 'image':
      return { image: { reference: source.reference } };
    case 'files':
      return emitFiles(source.parts, source.mode, context);
  }
}

function emitFiles(
  parts: readonly FilePart[],
  mode: number | undefined,
  { fileSets }: Pick<EmitContext, 'fileSets'>,
): DraftRecord {
  const nameOf = ({ set }: FilePart): string => fileSets.get(set)?.name ?? set;
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) {
    const files = { items: emitItems(only), defaultMode: mode };
    const name = nameOf(only);
    return only.secret ? { secret: { secretName: name, ...files } } : { configMap: { name, ...files } };
  }
  const sources = parts.map((part) => ({
    [part.secret ? 'secret' : 'configMap']: { name: nameOf(part), items: emitItems(part) },
  }));
  return { projected: { sources, defaultMode: mode } };
}

function emitItems(part: FilePart): readonly DraftRecord[] {
  return part.items.map(({ key, path, mode }) => ({ key, path, mode }));
}

export function emitMounts(designed: DesignedService): readonly Draft[] {
  return designed.mounts.map((mount: DesignedMount) =>
    from(mount.path, {
      name: mount.name,
      mountPath: mount.target,
      subPath: mount.subPath,
      readOnly: mount.readOnly ? true : undefined,
      mountPropagation: propagation(mount.propagation, designed.service.security.privileged),
    }),
  );
}

/** Mounts made in the container reach the node only from a privileged one; the API refuses it for others. */
function propagation(text: string | undefined, privileged: boolean): string | undefined {
  if (text === 'rslave' || text === 'slave') return 'HostToContainer';
  if (text !== 'rshared' && text !== 'shared') return undefined;
  return privileged ? 'Bidirectional' : 'HostToContainer';
}
