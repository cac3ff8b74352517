import { parseQuantity } from '@ushadow/kubernetes';
import type { BulkyData } from '../images/bulky-data.ts';
import { bulkyDataAt } from '../images/bulky-data.ts';
import type { Design, Store } from '../model/design.ts';
import type { DesignRule } from './rule.ts';

/** From here on a size is taken to be meant for data that grows. */
const ENOUGH = '8Gi';

/** Volumes that are given the default size and will be full before long, and those of databases; each once for all. */
export const likelyTooSmall: DesignRule = (design, { report }) => {
  const known = bulkyData(design);
  const small = design.stores.filter(isSmallByDefault).flatMap((store) => {
    const data = known.get(store.key);
    return data === undefined ? [] : [{ store, ...data }];
  });
  const bulky = small.filter(({ slowly }) => slowly !== true);
  const [first] = bulky;
  if (first !== undefined) {
    const volumes = bulky.map(({ store, what }) => `${store.name} (${what})`).join(', ');
    report('CMP0943', first.store.path, { volumes, size: first.store.size });
  }
  const databases = small.filter(({ slowly }) => slowly === true);
  const [database] = databases;
  if (database !== undefined) {
    const volumes = databases.map(({ store }) => store.name).join(', ');
    report('CMP0944', database.store.path, { volumes, size: database.store.size });
  }
};

function isSmallByDefault({ external, known, sizeByDefault, size }: Store): boolean {
  if (external || known || !sizeByDefault) return false;
  const [asked, enough] = [parseQuantity(size), parseQuantity(ENOUGH)];
  return asked !== undefined && enough !== undefined && asked < enough;
}

/** By store: what the first of its users is known to keep there. */
function bulkyData({ services }: Design): ReadonlyMap<string, BulkyData> {
  const found = new Map<string, BulkyData>();
  for (const { image, mounts } of services) {
    for (const { source, target } of mounts) {
      const data = source.kind === 'store' && !found.has(source.store) ? bulkyDataAt(image, target) : undefined;
      if (source.kind === 'store' && data !== undefined) found.set(source.store, data);
    }
  }
  return found;
}
