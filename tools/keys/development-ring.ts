import { rename, writeFile } from 'node:fs/promises';

/** Puts a ring in the place of the file's; never half of it. */
export async function writeRing(path: string, ring: string): Promise<void> {
  await writeFile(`${path}.new`, `${ring}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** The ring with a new key in front; its id is one that the ring does not have yet. */
export function withNewKey(ring: string, fresh: string): string {
  const ids = ring.split(',').map(idOf);
  const [id = '', key = ''] = [idOf(fresh), fresh.slice(idOf(fresh).length + 1)];
  const free = [id, ...ids.map((_, index) => `${id}-${String(index + 2)}`)].find((each) => !ids.includes(each));
  return `${free ?? id}:${key},${ring}`;
}

export function firstKey(ring: string): string {
  return ring.split(',')[0] ?? ring;
}

const idOf = (entry: string): string => entry.trim().split(':')[0] ?? '';
