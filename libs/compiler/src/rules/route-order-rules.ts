import { groupBy } from '@ushadow/kubernetes';
import type { Design } from '../model/design.ts';
import type { PassContext } from '../passes/pass.ts';
import type { Order, Way } from '../routes/order.ts';
import { addressOf, byLengthOfRule, byPriority, disagreements } from '../routes/order.ts';
import { isImplied, isMade } from '../routes/fit.ts';
import type { DesignRule } from './rule.ts';

/** Routers of a proxy whose order the cluster does not keep. */
export const routeOrder: DesignRule = (design, context) => {
  const ways = waysOf(design, context).filter(({ route }) => route.router !== undefined);
  reportPairs('CMP1455', ways, byPriority, context);
};

/** Traefik does not try the more exact path of an Ingress first, as Kubernetes asks. */
export const orderOfTraefik: DesignRule = (design, context) => {
  const { routes } = context.input.target;
  if (routes?.kind === 'gateway' || !(routes?.controller ?? 'traefik').includes('traefik')) return;
  reportPairs('CMP1468', waysOf(design, context), byLengthOfRule, context);
};

function reportPairs(code: 'CMP1455' | 'CMP1468', ways: readonly Way[], orderOf: Order, { report }: PassContext): void {
  const { found, complete } = disagreements(ways, orderOf);
  if (!complete) report('CMP1466', '/services', { count: ways.length });
  const told = new Set<string>();
  for (const { first, second } of found) {
    const key = [nameOf(first), nameOf(second)].sort().join(' ');
    if (told.has(key)) continue;
    told.add(key);
    report(code, second.route.path, {
      service: second.service,
      route: nameOf(second),
      other: nameOf(first),
      otherService: first.service,
    });
  }
}

/** Two routes that nothing tells apart. */
export const sameAddress: DesignRule = (design, context) => {
  const addresses = groupBy(waysOf(design, context), addressOf);
  for (const [first, ...others] of addresses.values()) {
    for (const second of others) {
      if (first === undefined) continue;
      if (second.service === first.service && second.route.backend.port === first.route.backend.port) continue;
      context.report('CMP1463', second.route.path, {
        service: second.service,
        route: nameOf(second),
        other: nameOf(first),
        otherService: first.service,
        address: `${second.host ?? 'any host'}${second.match.path.value}`,
      });
    }
  }
};

export const unmaintainedController: DesignRule = (design, { input, report }) => {
  const { routes } = input.target;
  if (routes?.kind !== 'ingress') return;
  const isUsed = design.services.some((designed) => designed.routes.length > 0);
  if (isUsed && routes.controller === 'k8s.io/ingress-nginx')
    report('CMP1461', '/services', { className: routes.className ?? 'default' });
};

function waysOf(design: Design, { input }: PassContext): readonly Way[] {
  const { routes: target } = input.target;
  return design.services.flatMap(({ service, routes }) =>
    routes.filter(isMade).flatMap((route) => {
      // What would only redirect is the same site where nothing redirects.
      if (target?.kind !== 'gateway' && route.filters.some(isImplied)) return [];
      const hosts = route.hosts.length === 0 ? [undefined] : route.hosts;
      const over = target?.kind === 'gateway' ? (route.tls === undefined ? 'http' : 'https') : undefined;
      return hosts.flatMap((host) =>
        route.fit.matches.map((match) => ({ service: service.name, route, host, match, over })),
      );
    }),
  );
}

const nameOf = ({ route, service }: Way): string => route.router?.name ?? service;
