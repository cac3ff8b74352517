import type { Plan, PlannedService } from '../model/design.ts';
import { namePorts } from './name-ports.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';
import { runsNothing } from './runs-nothing.ts';

/**
 * Services that share a network, a process table or memory with another run in its pod. One that shares the network
 * has no name of its own, as in Compose. Ports of one pod get names that are unique in it.
 */
export const joinPods: Pass = {
  name: 'join-pods',
  run(plan, context) {
    const known = namesAndGroups(plan);
    const hosts = new Map(plan.services.map((planned) => [planned.service.name, hostOf(planned, known, context)]));
    const root = (name: string): string => {
      const seen = new Set<string>();
      let current = name;
      for (
        let next = hosts.get(current);
        next !== undefined && next !== current && !seen.has(next);
        next = hosts.get(current)
      ) {
        seen.add(current);
        current = next;
      }
      return current;
    };
    const joined = mapServices(plan, (planned) => ({
      ...planned,
      host: root(planned.service.name),
      named: planned.service.membership.mode !== 'joined' || root(planned.service.name) === planned.service.name,
    }));
    return renamePorts(joined);
  },
};

interface Known {
  /** The first that is called so, or whose container is. */
  readonly named: ReadonlyMap<string, string>;
  readonly firstOfGroup: ReadonlyMap<string, string>;
}

function namesAndGroups({ services }: Plan): Known {
  const named = new Map<string, string>();
  const firstOfGroup = new Map<string, string>();
  for (const { service, settings } of services) {
    for (const each of [service.name, service.membership.containerName])
      if (each !== undefined && !named.has(each)) named.set(each, service.name);
    if (settings.group !== undefined && !firstOfGroup.has(settings.group))
      firstOfGroup.set(settings.group, service.name);
  }
  return { named, firstOfGroup };
}

function hostOf(planned: PlannedService, known: Known, { input, report }: PassContext): string {
  const { service, settings } = planned;
  // What does not run needs nobody's pod, and must not run in one.
  if (runsNothing(planned)) return service.name;
  const { pid, ipc } = service.security;
  const asks = [
    { key: 'network_mode', asked: service.membership.joins },
    { key: 'pid', asked: sharedWith(pid) },
    { key: 'ipc', asked: sharedWith(ipc) },
  ];
  const { key, asked } = asks.find((ask) => ask.asked !== undefined) ?? { key: '', asked: undefined };
  if (asked !== undefined) {
    const found = known.named.get(asked);
    if (found !== undefined) {
      const params = { service: service.name, other: found, key };
      if (key !== 'network_mode') report('CMP0507', `${service.path}/${key}`, params);
      return found;
    }
    report('CMP0502', `${service.path}/${key}`, { service: service.name, other: asked });
  }
  if (input.options?.groupByLabel !== true || settings.group === undefined) return service.name;
  return known.firstOfGroup.get(settings.group) ?? service.name;
}

function sharedWith(mode: string | undefined): string | undefined {
  return /^(?:service|container):(.+)$/.exec(mode ?? '')?.[1];
}

function renamePorts(plan: Plan): Plan {
  const taken = new Map<string, Set<string>>();
  for (const { service, host, ports } of plan.services)
    if (host === service.name) taken.set(host, new Set(ports.map(({ name }) => name)));
  return mapServices(plan, (planned) => {
    if (planned.host === planned.service.name) return planned;
    const others = taken.get(planned.host) ?? new Set();
    const ports = namePorts(
      planned.ports.map(({ name: _, ...port }) => ({ ...port, asked: undefined })),
      others,
    );
    for (const { name } of ports) others.add(name);
    taken.set(planned.host, others);
    return { ...planned, ports };
  });
}
