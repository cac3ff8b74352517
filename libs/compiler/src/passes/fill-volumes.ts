import type { PlacedDesign } from '../model/design.ts';
import type { Judged } from '../storage/image-folders.ts';
import { judgeFolders } from '../storage/image-folders.ts';
import type { Pass, PassContext } from './pass.ts';

/**
 * Compose fills a new volume with what the image has at its path; a claim hides that. Where it matters and the image is
 * known to have what it takes, an init container copies it, of one service for each volume; where it cannot, it is said.
 */
export const fillVolumes: Pass<PlacedDesign> = {
  name: 'fill-volumes',
  run(design, { report }) {
    const judged = judgeFolders(design);
    const filled = new Set(byPlace(judged).flatMap((uses) => chosen(uses, design) ?? lost(uses, report)));
    for (const { designed, mount, because } of filled)
      report('CMP0940', mount.path, { service: designed.service.name, target: mount.target, because });
    const mounts = new Set([...filled].map(({ mount }) => mount));
    return {
      ...design,
      services: design.services.map((designed) => ({
        ...designed,
        mounts: designed.mounts.map((mount) => (mounts.has(mount) ? { ...mount, filled: true } : mount)),
      })),
    };
  },
};

/** Uses of one volume together; what a pod has for itself is a place of its own. */
function byPlace(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const places = new Map<string, Judged[]>();
  for (const each of judged) {
    const { source, name } = each.mount;
    const key = source.kind === 'store' ? source.store : `${each.designed.service.name} ${name}`;
    const known = places.get(key) ?? [];
    known.push(each);
    places.set(key, known);
  }
  return [...places.values()];
}

/**
 * Of the services that could fill a volume the first that Compose makes. Who only reads it does so where nobody else
 * brings anything: the welcome page of a web server is not what its volume is for. Undefined: what it is for is lost.
 */
function chosen(uses: readonly Judged[], design: PlacedDesign): readonly Judged[] | undefined {
  const able = uses.filter(({ finding }) => finding === 'fills');
  const asked = able.filter((use) => use.isAsked);
  if (asked.length === 0 && uses.some(({ finding }) => finding === 'lost')) return undefined;
  const first = (some: readonly Judged[]): Judged | undefined => firstMade(some, design);
  const writers = able.filter(({ mount }) => !mount.readOnly);
  const found = first(asked.filter(({ mount }) => !mount.readOnly)) ?? first(asked) ?? first(writers) ?? first(able);
  return found === undefined ? [] : [found];
}

function lost(uses: readonly Judged[], report: PassContext['report']): readonly Judged[] {
  const use = uses.find(({ finding }) => finding === 'lost');
  if (use !== undefined) {
    const { designed, mount, because } = use;
    report('CMP0941', mount.path, { service: designed.service.name, target: mount.target, because });
  }
  return [];
}

/** What is switched off is made last, if at all; dependencies are made first, else it goes by name. */
function firstMade(uses: readonly Judged[], design: PlacedDesign): Judged | undefined {
  const on = uses.filter(({ designed }) => designed.on);
  const some = on.length > 0 ? on : uses;
  if (some.length < 2) return some[0];
  const needsOthers = needing(new Set(some.map(({ designed }) => designed.service.name)), design);
  const free = some.filter(({ designed }) => !needsOthers(designed.service.name));
  const name = ({ designed }: Judged): string => designed.service.name;
  return (free.length > 0 ? free : some).toSorted((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : 0))[0];
}

/** Answers whether a service depends on one of these, at whatever remove. */
function needing(others: ReadonlySet<string>, design: PlacedDesign): (name: string) => boolean {
  const byName = new Map(design.services.map(({ service }) => [service.name, service]));
  const known = new Map<string, boolean>();
  const needs = (name: string): boolean => {
    const found = known.get(name);
    if (found !== undefined) return found;
    known.set(name, false); // A circle is an error elsewhere.
    const answer = byName.get(name)?.dependencies.some(({ service }) => others.has(service) || needs(service)) ?? false;
    known.set(name, answer);
    return answer;
  };
  return needs;
}
