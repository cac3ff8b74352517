import { isPortName } from '@ushadow/kubernetes';
import type { Port } from '../model/reach.ts';

/**
 * Names by position, counted on from the others: `http`, `http-2`, `http-3` (R41); a valid name that Compose gives is kept, and
 * what is known not to be HTTP is called what it is. No two alike, nor one like the others that are in the pod already.
 */
export function namePorts(ports: readonly NamelessPort[], others: ReadonlySet<string> = new Set()): readonly Port[] {
  const start = others.size;
  const asked = ports.map(({ asked: name }) => (name !== undefined && isPortName(name) ? name : undefined));
  const taken = new Set(others);
  const isAsked = new Set(asked);
  const isTaken = (name: string): boolean => taken.has(name) || isAsked.has(name);
  return ports.map(({ asked: _, ...port }, index) => {
    const own = asked[index];
    const name =
      own !== undefined && !taken.has(own) ? own : freeName(port.knownProtocol, start + index, start, isTaken);
    taken.add(name);
    return { ...port, name };
  });
}

/** Known words count by themselves, but in a pod that has ports already; the others by their place. */
function freeName(word: string | undefined, index: number, start: number, isTaken: (name: string) => boolean): string {
  for (let number = word === undefined || start > 0 ? index + 1 : 1; ; number++) {
    const name = number === 1 ? (word ?? 'http') : `${word ?? 'http'}-${number}`;
    if (!isTaken(name)) return name;
  }
}
/** A port before it has a name. */
export type NamelessPort = Omit<Port, 'name'> & { readonly asked: string | undefined };
