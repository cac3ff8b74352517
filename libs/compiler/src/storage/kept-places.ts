import { dnsLabel, own } from '@ushadow/kubernetes';

/** A folder of a claim that is there; empty: its top. */
export interface KeptPlace {
  readonly claim: string;
  readonly folder: string;
}

type Places = Readonly<Record<string, string>>;

/** Where a bound folder lies already, itself or as a part of the nearest folder above it that does. */
export function keptPlace(identity: string, places: Places): KeptPlace | undefined {
  for (let folder: string | undefined = identity; folder !== undefined; folder = above(folder)) {
    const place = placeOf(own(places, folder));
    if (place !== undefined) return { ...place, folder: joined(place.folder, partOf(identity, folder)) };
  }
  return undefined;
}

/** Parts of a bound folder that lie elsewhere than it does: they were mounted before it was. */
export function partsElsewhere(
  identity: string,
  places: Places,
): readonly { readonly part: string; readonly place: KeptPlace }[] {
  const all = keptPlace(identity, places);
  return Object.keys(places).flatMap((other) => {
    const part = partOf(other, identity);
    const place = part === '' || !other.includes('/') ? undefined : placeOf(own(places, other));
    const isInPlace = place?.claim === all?.claim && place?.folder === joined(all?.folder ?? '', part);
    return place === undefined || isInPlace ? [] : [{ part, place }];
  });
}

/** A name for the claim of what has none yet: not that of a claim which keeps the data of something else. */
export function nameBeside(places: Places, name: string, what: string): string {
  const isTaken = Object.values(places).some((place) => placeOf(place)?.claim === name);
  return isTaken ? dnsLabel(`${name}/${what}`) : name;
}

/** A path of folders, without those that are empty. */
export function joined(...folders: readonly (string | undefined)[]): string {
  return folders.filter((folder) => folder !== undefined && folder !== '').join('/');
}

/** What is remembered of a place: `claim`, or `claim/folder`. */
export function placeOf(place: string | undefined): KeptPlace | undefined {
  const [claim, ...folder] = place?.split('/') ?? [];
  return claim === undefined ? undefined : { claim, folder: folder.join('/') };
}

function above(identity: string): string | undefined {
  const end = identity.lastIndexOf('/');
  if (end > 0) return identity.slice(0, end);
  return end === 0 && identity !== '/' ? '/' : undefined;
}

/** What comes after the folder; empty where that is not above. */
function partOf(identity: string, folder: string): string {
  const start = folder.endsWith('/') ? folder : `${folder}/`;
  return identity.startsWith(start) ? identity.slice(start.length) : '';
}
