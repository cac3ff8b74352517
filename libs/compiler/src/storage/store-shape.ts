import { own } from '@ushadow/kubernetes';
import type { Store } from '../model/design.ts';
import type { MountContext } from './mount-context.ts';
import { copiesOf } from './copies.ts';
import type { Volume } from '../model/storage.ts';

export const DEFAULT_SIZE = '1Gi';

export type StoreShape = Pick<Store, 'size' | 'sizeByDefault' | 'className' | 'accessMode' | 'selector' | 'labels'>;

function sizeFor(
  requests: readonly (string | undefined)[],
  usual = DEFAULT_SIZE,
): Pick<Store, 'size' | 'sizeByDefault'> {
  const size = requests.find((request) => request !== undefined);
  return { size: size ?? usual, sizeByDefault: size === undefined };
}
/** Size, class and access: the deployment spec, then volume labels, then the settings of the service, then defaults. */
export function storeShape(
  key: string,
  volume: Volume | undefined,
  users: readonly string[],
  { designed, input }: MountContext,
): StoreShape {
  const { settings } = designed;
  const { className, shared } = input.target.storage ?? {};
  const asked = own(settings.storage, key);
  const labels = volume?.labels ?? {};
  const classes = [asked?.className, labels['kompose.volume.storage-class-name'], settings.storageClass, className];
  const hasOneEach = designed.kind === 'stateful' && volume?.perReplica === true;
  const several = new Set(users).size > 1 || (copiesOf(designed) === 'many' && !hasOneEach);
  const mode = several && shared === true ? 'ReadWriteMany' : 'ReadWriteOnce';
  return {
    ...sizeFor([asked?.size, labels['kompose.volume.size'], settings.storageSize], input.target.storage?.size),
    className: classes.find((value) => value !== undefined),
    accessMode: asked?.accessMode ?? mode,
    selector: labels['kompose.volume.selector'],
    labels,
  };
}
