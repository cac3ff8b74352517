import type { App } from '../model/app.ts';
import { own } from '../text/own.ts';

/** Keys of the project that mean one volume, since they give it one name: first the one that says it is there already. */
export function keysOfVolume(key: string, { volumes }: Pick<App, 'volumes'>): readonly string[] {
  const name = own(volumes, key)?.name;
  if (name === undefined) return [key];
  return Object.entries(volumes)
    .filter(([, volume]) => volume.name === name)
    .sort(([a, left], [b, right]) => Number(right.external) - Number(left.external) || (a < b ? -1 : 1))
    .map(([each]) => each);
}

/** The key that stands for all of them. */
export function volumeKey(key: string, app: Pick<App, 'volumes'>): string {
  return keysOfVolume(key, app)[0] ?? key;
}
