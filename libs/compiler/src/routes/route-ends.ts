import type { Design, DesignedService } from '../model/design.ts';
import { podMembers } from '../select/select-services.ts';

/** A service, and the name on the network that leads to it. */
export interface RouteEnd {
  readonly designed: DesignedService;
  readonly endpoint: string;
}

/** What shares the network of another is reached by the name of that one, on ports that are called as there. */
export function routeEnds(design: Design): (designed: DesignedService) => RouteEnd {
  const byName = new Map(design.services.map((designed) => [designed.service.name, designed]));
  const membersOf = podMembers(design);
  return (designed) => {
    const host = byName.get(designed.host);
    if (designed.named || host === undefined) return { designed, endpoint: designed.endpoint };
    const there = membersOf(host)
      .filter((each) => each === host || !each.named)
      .toSorted((a, b) => a.start.rank - b.start.rank)
      .flatMap(({ ports }) => ports);
    const ports = designed.ports.flatMap(
      (port) => there.find((each) => each.port === port.port && each.protocol === port.protocol) ?? [],
    );
    return { designed: { ...designed, ports }, endpoint: host.endpoint };
  };
}
