import { own } from '@ushadow/kubernetes';
import type { App } from '../model/app.ts';

const keysByName = new WeakMap<App['volumes'], ReadonlyMap<string, readonly string[]>>();

/** Keys of the project that mean one volume, since they give it one name: first the one that says it is there already. */
export function keysOfVolume(key: string, { volumes }: Pick<App, 'volumes'>): readonly string[] {
  const name = own(volumes, key)?.name;
  return name === undefined ? [key] : (namedVolumes(volumes).get(name) ?? [key]);
}

function namedVolumes(volumes: App['volumes']): ReadonlyMap<string, readonly string[]> {
  const known = keysByName.get(volumes);
  if (known !== undefined) return known;
  const sorted = Object.entries(volumes).sort(
    ([a, left], [b, right]) => Number(right.external) - Number(left.external) || (a < b ? -1 : 1),
  );
  const keys = new Map<string, string[]>();
  for (const [key, { name }] of sorted) {
    const same = keys.get(name) ?? [];
    same.push(key);
    keys.set(name, same);
  }
  keysByName.set(volumes, keys);
  return keys;
}

/** The key that stands for all of them. */
export function volumeKey(key: string, app: Pick<App, 'volumes'>): string {
  return keysOfVolume(key, app)[0] ?? key;
}
