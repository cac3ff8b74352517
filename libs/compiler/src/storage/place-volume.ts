import { own } from '@ushadow/kubernetes';
import type { Store } from '../model/design.ts';
import type { Mount, Volume } from '../model/storage.ts';
import { byteCount } from '../text/measures.ts';
import { nameBeside, placeOf } from './kept-places.ts';
import { placeBind } from './place-bind.ts';
import { asMount, type MountContext, type Placed } from './mount-context.ts';
import { keysOfVolume, volumeKey } from './same-volume.ts';
import { mountName } from './store-names.ts';
import { storeShape } from './store-shape.ts';

/** A named volume: a store, unless its driver options say it is something else. */
export function placeVolume(mount: Mount, context: MountContext): Placed {
  const volume = own(context.app.volumes, mount.source);
  const special = volume === undefined ? undefined : byOptions(mount, volume, context);
  return special ?? placeStore(mount, volume, context);
}

function byOptions(mount: Mount, volume: Volume, context: MountContext): Placed | undefined {
  const { type = '', o = '', device = '' } = volume.options;
  const option = (name: string): string => new RegExp(`(?:^|,)${name}=([^,]+)`).exec(o)?.[1] ?? '';
  const name = (): string => mountName(context.designed.name, mount.target);
  if (/^nfs4?$/.test(type)) {
    return {
      mount: asMount(
        mount,
        { kind: 'nfs', server: option('addr'), path: device.replace(/^[^:]*:/, '') || '/' },
        name(),
      ),
    };
  }
  if (type === 'tmpfs')
    return { mount: asMount(mount, { kind: 'scratch', memory: true, size: byteCount(option('size')) }, name()) };
  if (/(^|,)r?bind(,|$)/.test(o) && device.startsWith('/')) {
    return placeBind({ ...mount, kind: 'bind', source: device }, context);
  }
  if (Object.keys(volume.options).length > 0 || (volume.driver ?? 'local') !== 'local') {
    context.report('CMP0905', volume.path, { volume: mount.source, driver: volume.driver ?? 'local' });
  }
  return undefined;
}

function placeStore(mount: Mount, asked: Volume | undefined, context: MountContext): Placed {
  const { designed } = context;
  const source = volumeKey(mount.source, context.app);
  const volume = own(context.app.volumes, source) ?? asked;
  const key = `volume:${source}`;
  const users = context.users.get(key) ?? [designed.host];
  const store: Store = {
    ...storeShape(source, volume, users, context),
    key,
    ...claimOf(mount.source, context),
    holds: { [mount.source]: '' },
    external: volume?.external === true,
    perReplicaOf: perReplicaOf(source, volume, users, context),
    users,
    path: volume?.path ?? mount.path,
  };
  const subPath = mount.subPath ?? designed.settings.storageSubPath;
  return {
    mount: {
      ...asMount(mount, { kind: 'store', store: key }, context.names.volumeMounts.get(source) ?? source),
      subPath,
    },
    store,
  };
}

/** The one that is there, else `{project}-{volume}`. */
function claimOf(volume: string, context: MountContext): Pick<Store, 'name' | 'folder' | 'known'> {
  const { app, input } = context;
  const keys = keysOfVolume(volume, app);
  const place = placeOf(keys.map((key) => own(input.claims ?? {}, key)).find((known) => known !== undefined));
  if (place === undefined) return { name: newName(keys[0] ?? volume, context), folder: undefined, known: false };
  return { name: place.claim, folder: place.folder === '' ? undefined : place.folder, known: true };
}

/** Who writes a name means that very claim; a made one is nobody else's. */
function newName(volume: string, { app, input, names }: MountContext): string {
  const name = names.volumes.get(volume) ?? volume;
  const isMade = own(app.volumes, volume)?.name === `${app.name}_${volume}`;
  return isMade ? nameBeside(input.claims ?? {}, name, volume) : name;
}

/** Only on request: a volume is one claim, whatever kind mounts it. */
function perReplicaOf(
  key: string,
  volume: Volume | undefined,
  users: readonly string[],
  { designed, report }: MountContext,
): string | undefined {
  if (volume?.perReplica !== true) return undefined;
  if (designed.kind === 'stateful' && users.length === 1 && !volume.external) return designed.host;
  report('CMP0919', volume.path, { volume: key, service: designed.service.name });
  return undefined;
}
