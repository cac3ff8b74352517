import type { GroupedDesign, GroupedService } from '../model/design.ts';
import { namePorts } from './name-ports.ts';
import type { Pass, PassContext } from './pass.ts';
import { mapServices } from './pass.ts';
import { runsNothing } from './choose-scale.ts';

/**
 * Services that share a network, a process table or memory with another run in its pod. One that shares the network
 * has no name of its own, as in Compose. Ports of one pod get names that are unique in it.
 */
export const joinPods: Pass<GroupedDesign> = {
  name: 'join-pods',
  run(design, context) {
    const known = namesAndGroups(design);
    const hosts = new Map(design.services.map((designed) => [designed.service.name, hostOf(designed, known, context)]));
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
    const joined = mapServices(design, (designed) => ({
      ...designed,
      host: root(designed.service.name),
      named: designed.service.membership.mode !== 'joined' || root(designed.service.name) === designed.service.name,
    }));
    return renamePorts(joined);
  },
};

interface Known {
  /** The first that is called so, or whose container is. */
  readonly named: ReadonlyMap<string, string>;
  readonly firstOfGroup: ReadonlyMap<string, string>;
}

function namesAndGroups({ services }: GroupedDesign): Known {
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

function hostOf(designed: GroupedService, known: Known, { input, report }: PassContext): string {
  const { service, settings } = designed;
  // What does not run needs nobody's pod, and must not run in one.
  if (runsNothing(designed)) return service.name;
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

function renamePorts(design: GroupedDesign): GroupedDesign {
  const taken = new Map<string, Set<string>>();
  for (const { service, host, ports } of design.services)
    if (host === service.name) taken.set(host, new Set(ports.map(({ name }) => name)));
  return mapServices(design, (designed) => {
    if (designed.host === designed.service.name) return designed;
    const others = taken.get(designed.host) ?? new Set();
    const ports = namePorts(
      designed.ports.map(({ name: _, ...port }) => ({ ...port, asked: undefined })),
      others,
    );
    for (const { name } of ports) others.add(name);
    taken.set(designed.host, others);
    return { ...designed, ports };
  });
}
