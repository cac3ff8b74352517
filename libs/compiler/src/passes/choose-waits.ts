import type { GroupedDesign, Wait } from '../model/design.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';
import { runsNothing } from './choose-scale.ts';

/** What each service waits for: `depends_on`, and links, which order as well. */
export const chooseWaits: Pass<GroupedDesign> = {
  name: 'choose-waits',
  run(design, { input, report }) {
    const known = new Map(design.services.map(({ service, on }) => [service.name, on]));
    const still = new Set(design.services.filter(runsNothing).map(({ service }) => service.name));
    const designed = mapServices(design, (item) => {
      const { service } = item;
      const waits = new Map<string, Wait>();
      for (const link of service.membership.links) {
        if (known.has(link.service))
          waits.set(link.service, { service: link.service, condition: 'started', restart: false, path: link.path });
      }
      for (const edge of service.dependencies) {
        if (known.has(edge.service)) waits.set(edge.service, edge);
        if (edge.required && known.get(edge.service) !== true) {
          // Who asks for some services alone brings the others in another way.
          const code = input.services === undefined ? 'CMP0602' : 'CMP0603';
          report(code, edge.path, { service: service.name, missing: edge.service });
        }
      }
      for (const name of still) waits.delete(name);
      return { ...item, waits: [...waits.values()].sort((a, b) => (a.service < b.service ? -1 : 1)) };
    });
    const cycle = findCycle(designed);
    if (cycle !== undefined) report('CMP0601', `/services/${cycle[0] ?? ''}/depends_on`, { cycle: cycle.join(' -> ') });
    return designed;
  },
};

/** The first cycle by name, its start repeated at the end. Iterative, so that no depth overflows the stack. */
function findCycle(design: GroupedDesign): readonly string[] | undefined {
  const edges = new Map(design.services.map(({ service, waits }) => [service.name, waits.map((wait) => wait.service)]));
  const done = new Set<string>();
  for (const start of edges.keys()) {
    const trail: string[] = [];
    const open = new Set<string>();
    const stack: { readonly name: string; readonly leave: boolean }[] = [{ name: start, leave: false }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (next.leave) {
        open.delete(next.name);
        trail.pop();
        done.add(next.name);
      } else if (open.has(next.name)) {
        return [...trail.slice(trail.indexOf(next.name)), next.name];
      } else if (!done.has(next.name)) {
        open.add(next.name);
        trail.push(next.name);
        stack.push({ name: next.name, leave: true });
        for (const name of edges.get(next.name) ?? []) stack.push({ name, leave: false });
      }
    }
  }
  return undefined;
}
