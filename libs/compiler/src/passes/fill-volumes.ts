import type { Plan, PlannedService } from '../model/plan.ts';
import type { Judged } from '../storage/image-folders.ts';
import { judgeFolders } from '../storage/image-folders.ts';
import type { Pass, PassContext } from './pass.ts';

/**
 * Compose fills a new volume with what the image has at its path; a claim hides that. Where it matters and the image is
 * known to have what it takes, an init container copies it, of one service for each volume; where it cannot, it is said.
 */
export const fillVolumes: Pass = {
  name: 'fill-volumes',
  run(plan, { report }) {
    const judged = judgeFolders(plan);
    const filled = new Set(byPlace(judged).flatMap((uses) => chosen(uses, plan) ?? lost(uses, report)));
    for (const { planned, mount, because } of filled)
      report('CMP0940', mount.path, { service: planned.service.name, target: mount.target, because });
    const mounts = new Set([...filled].map(({ mount }) => mount));
    return {
      ...plan,
      services: plan.services.map((planned) => ({
        ...planned,
        mounts: planned.mounts.map((mount) => (mounts.has(mount) ? { ...mount, filled: true } : mount)),
      })),
    };
  },
};

/** Uses of one volume together; what a pod has for itself is a place of its own. */
function byPlace(judged: readonly Judged[]): readonly (readonly Judged[])[] {
  const places = new Map<string, Judged[]>();
  for (const each of judged) {
    const { source, name } = each.mount;
    const key = source.kind === 'store' ? source.store : `${each.planned.service.name} ${name}`;
    places.set(key, [...(places.get(key) ?? []), each]);
  }
  return [...places.values()];
}

/**
 * Of the services that could fill a volume the first that Compose makes. Who only reads it does so where nobody else
 * brings anything: the welcome page of a web server is not what its volume is for. Undefined: what it is for is lost.
 */
function chosen(uses: readonly Judged[], plan: Plan): readonly Judged[] | undefined {
  const able = uses.filter(({ finding }) => finding === 'fills');
  const asked = able.filter((use) => use.isAsked);
  if (asked.length === 0 && uses.some(({ finding }) => finding === 'lost')) return undefined;
  const first = (some: readonly Judged[]): Judged | undefined => some.toSorted((a, b) => order(a, b, plan))[0];
  const writers = able.filter(({ mount }) => !mount.readOnly);
  const found = first(asked.filter(({ mount }) => !mount.readOnly)) ?? first(asked) ?? first(writers) ?? first(able);
  return found === undefined ? [] : [found];
}

function lost(uses: readonly Judged[], report: PassContext['report']): readonly Judged[] {
  const use = uses.find(({ finding }) => finding === 'lost');
  if (use !== undefined) {
    const { planned, mount, because } = use;
    report('CMP0941', mount.path, { service: planned.service.name, target: mount.target, because });
  }
  return [];
}

/** What is switched off is made last, if at all; dependencies are made first, else it goes by name. */
function order(a: Judged, b: Judged, plan: Plan): number {
  const [left, right] = [a.planned.service.name, b.planned.service.name];
  if (left === right) return 0;
  if (a.planned.on !== b.planned.on) return a.planned.on ? -1 : 1;
  if (needs(a.planned, right, plan)) return 1;
  if (needs(b.planned, left, plan)) return -1;
  return left < right ? -1 : 1;
}

function needs({ service }: PlannedService, other: string, plan: Plan, seen = new Set<string>()): boolean {
  return service.dependencies.some(({ service: next }) => {
    if (next === other) return true;
    const target = plan.services.find((planned) => planned.service.name === next);
    if (target === undefined || seen.has(next)) return false;
    return needs(target, other, plan, seen.add(next));
  });
}
