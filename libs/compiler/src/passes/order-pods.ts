import { groupBy } from '@ushadow/kubernetes';
import type { Design, DesignedService, Probe, StartOrder } from '../model/design.ts';
import { isInPod, podMembers } from '../select/select-services.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/**
 * `depends_on` between services of one pod. Containers start in the order of the list, which is all that "started" asks
 * for. Whom somebody waits to be ready for is started ahead, as a sidecar that passes its check first; whom somebody
 * waits to complete for runs to its end before.
 */
export const orderPods: Pass<Design> = {
  name: 'order-pods',
  run(design, { report }) {
    const membersOf = podMembers(design);
    const hosts = design.services.filter(({ service, host }) => host === service.name);
    const awaited = completedTargets(design.services);
    const orders = new Map(hosts.flatMap((host) => [...orderOf(host, membersOf(host), awaited)]));
    return mapServices(design, (designed) => {
      const start = orders.get(designed.service.name) ?? designed.start;
      const { readiness, startup } = designed.probes;
      const stays = designed.kind !== 'run-once' && designed.kind !== 'scheduled';
      if (designed.ends && stays && isInPod(designed) && start.phase !== 'before') {
        report('CMP0506', designed.service.path, { service: designed.service.name, host: designed.host });
      }
      if (start.phase === 'before') return { ...designed, start, probes: {} };
      if (start.phase === 'main' || readiness === undefined) return { ...designed, start };
      return {
        ...designed,
        start,
        probes: { ...designed.probes, startup: startup ?? untilReady(designed, readiness) },
      };
    });
  },
};

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly condition: 'started' | 'ready' | 'completed';
}

/** Whom one of these waits for until they have completed. */
function completedTargets(services: readonly DesignedService[]): ReadonlySet<string> {
  const waits = services.flatMap((designed) => designed.waits);
  return new Set(waits.filter(({ condition }) => condition === 'completed').map(({ service }) => service));
}

function orderOf(
  host: DesignedService,
  members: readonly DesignedService[],
  awaited: ReadonlySet<string>,
): ReadonlyMap<string, StartOrder> {
  const names = members.map(({ service }) => service.name);
  if (names.length === 1) return new Map();
  const pod = new Set(names);
  const edges = members.flatMap((member) => edgesOf(member, pod));
  const ranks = inOrder(names, edges);
  const stays = host.kind !== 'run-once' && host.kind !== 'scheduled';
  // In a pod that stays also whom others outside of it wait for: they go by when the pod is ready.
  const completed = stays ? awaited : completedTargets(members);
  const ahead = new Set([
    ...edges.filter(({ condition }) => condition === 'ready').map(({ to }) => to),
    ...names.filter((name) => completed.has(name)),
  ]);
  // What has to be up before one of these has to be there even earlier.
  const edgesFrom = groupBy(edges, ({ from }) => from);
  for (const name of ahead) for (const { to } of edgesFrom.get(name) ?? []) ahead.add(to);
  // A pod has at least one container that is neither.
  const allMain = ranks === undefined || names.every((name) => ahead.has(name));
  const phaseOf = (name: string): StartOrder['phase'] =>
    allMain || !ahead.has(name) ? 'main' : completed.has(name) ? 'before' : 'ahead';
  return new Map(names.map((name, index) => [name, { rank: ranks?.get(name) ?? index, phase: phaseOf(name) }]));
}

/** Who shares another's network is started after it, as by Compose. */
function edgesOf({ service, host, waits }: DesignedService, pod: ReadonlySet<string>): readonly Edge[] {
  const from = service.name;
  const shared: Edge[] = from === host ? [] : [{ from, to: host, condition: 'started' }];
  const waited = waits.map(({ service: to, condition }): Edge => ({ from, to, condition }));
  const hostWaits = (to: string): boolean => waited.some((edge) => edge.to === to);
  return [...waited, ...shared.filter(({ to }) => !hostWaits(to))].filter(({ to }) => pod.has(to) && to !== from);
}

/** The place of each: after what it waits for, otherwise as given; undefined for a circle, which is an error elsewhere. */
function inOrder(names: readonly string[], edges: readonly Edge[]): ReadonlyMap<string, number> | undefined {
  const waiters = groupBy(edges, ({ to }) => to);
  const open = new Map(names.map((name) => [name, 0]));
  for (const { from } of edges) open.set(from, (open.get(from) ?? 0) + 1);
  const rest = new Set(names);
  const places = new Map<string, number>();
  while (rest.size > 0) {
    const next = firstOf(rest, (name) => open.get(name) === 0);
    if (next === undefined) return undefined;
    rest.delete(next);
    places.set(next, places.size);
    for (const { from } of waiters.get(next) ?? []) open.set(from, (open.get(from) ?? 0) - 1);
  }
  return places;
}

function firstOf(names: Iterable<string>, fits: (name: string) => boolean): string | undefined {
  for (const name of names) if (fits(name)) return name;
  return undefined;
}

/** Looks every few seconds, for as long as the health check gives it before it counts as unhealthy. */
function untilReady({ service }: DesignedService, probe: Probe): Probe {
  const period = Math.min(probe.period, LOOK_SECONDS);
  const seconds = (service.health?.startPeriod ?? 0) + probe.failures * probe.period;
  return { ...probe, period, failures: Math.max(1, Math.ceil(seconds / period)) };
}

const LOOK_SECONDS = 5;
