import type { Plan, PlannedService, Probe, StartOrder } from '../model/plan.ts';
import { isInPod, podMembers } from '../select/select-services.ts';
import type { Pass } from './pass.ts';
import { mapServices } from './pass.ts';

/**
 * `depends_on` between services of one pod. Containers start in the order of the list, which is all that "started" asks
 * for. Whom somebody waits to be ready for is started ahead, as a sidecar that passes its check first; whom somebody
 * waits to complete for runs to its end before.
 */
export const orderPods: Pass = {
  name: 'order-pods',
  run(plan, { report }) {
    const orders = new Map(
      plan.services.filter(({ service, host }) => host === service.name).flatMap((host) => [...orderOf(host, plan)]),
    );
    return mapServices(plan, (planned) => {
      const start = orders.get(planned.service.name) ?? planned.start;
      const { readiness, startup } = planned.probes;
      const stays = planned.kind !== 'run-once' && planned.kind !== 'scheduled';
      if (planned.ends && stays && isInPod(planned) && start.phase !== 'before') {
        report('CMP0506', planned.service.path, { service: planned.service.name, host: planned.host });
      }
      if (start.phase === 'before') return { ...planned, start, probes: {} };
      if (start.phase === 'main' || readiness === undefined) return { ...planned, start };
      return { ...planned, start, probes: { ...planned.probes, startup: startup ?? untilReady(planned, readiness) } };
    });
  },
};

interface Edge {
  readonly from: string;
  readonly to: string;
  readonly condition: 'started' | 'ready' | 'completed';
}

function orderOf(host: PlannedService, plan: Plan): ReadonlyMap<string, StartOrder> {
  const members = podMembers(plan, host);
  const names = members.map(({ service }) => service.name);
  if (names.length === 1) return new Map();
  const edges = members.flatMap((member) => edgesOf(member, new Set(names)));
  const ranks = inOrder(names, edges);
  const stays = host.kind !== 'run-once' && host.kind !== 'scheduled';
  // In a pod that stays also whom others outside of it wait for: they go by when the pod is ready.
  const waiting = stays ? plan.services : members;
  const completed = new Set(
    waiting.flatMap(({ waits }) =>
      waits.filter(({ condition }) => condition === 'completed').map(({ service }) => service),
    ),
  );
  const ahead = new Set([
    ...edges.filter(({ condition }) => condition === 'ready').map(({ to }) => to),
    ...names.filter((name) => completed.has(name)),
  ]);
  // What has to be up before one of these has to be there even earlier.
  for (const name of ahead) for (const { from, to } of edges) if (from === name) ahead.add(to);
  // A pod has at least one container that is neither.
  const allMain = ranks === undefined || names.every((name) => ahead.has(name));
  const phaseOf = (name: string): StartOrder['phase'] =>
    allMain || !ahead.has(name) ? 'main' : completed.has(name) ? 'before' : 'ahead';
  return new Map(names.map((name, index) => [name, { rank: ranks?.indexOf(name) ?? index, phase: phaseOf(name) }]));
}

/** Who shares another's network is started after it, as by Compose. */
function edgesOf({ service, host, waits }: PlannedService, pod: ReadonlySet<string>): readonly Edge[] {
  const from = service.name;
  const shared: Edge[] = from === host ? [] : [{ from, to: host, condition: 'started' }];
  const waited = waits.map(({ service: to, condition }): Edge => ({ from, to, condition }));
  const hostWaits = (to: string): boolean => waited.some((edge) => edge.to === to);
  return [...waited, ...shared.filter(({ to }) => !hostWaits(to))].filter(({ to }) => pod.has(to) && to !== from);
}

/** Everything after what it waits for, otherwise as given; undefined for a circle, which is an error elsewhere. */
function inOrder(names: readonly string[], edges: readonly Edge[]): readonly string[] | undefined {
  const done: string[] = [];
  while (done.length < names.length) {
    const next = names.find(
      (name) => !done.includes(name) && edges.every(({ from, to }) => from !== name || done.includes(to)),
    );
    if (next === undefined) return undefined;
    done.push(next);
  }
  return done;
}

/** Looks every few seconds, for as long as the health check gives it before it counts as unhealthy. */
function untilReady({ service }: PlannedService, probe: Probe): Probe {
  const period = Math.min(probe.period, LOOK_SECONDS);
  const seconds = (service.health?.startPeriod ?? 0) + probe.failures * probe.period;
  return { ...probe, period, failures: Math.max(1, Math.ceil(seconds / period)) };
}

const LOOK_SECONDS = 5;
