import type { ProxyRoute } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../compile-input.ts';
import type { Report } from '../diagnostics/reporter.ts';
import type { AskedRoute } from '../model/routes.ts';
import { together } from './asked-routes.ts';
import { guardsOf, targetName, typeOf } from './fit.ts';
import { requestMatch } from './request-match.ts';

interface Context {
  readonly report: Report;
  readonly target: RouteTarget | undefined;
  /** Filters that the service does without. */
  readonly waived: readonly string[];
}

/** The routes of a proxy's router, one for each set of hosts; what cannot be said is left out and named. */
export function routesOfRouter(router: ProxyRoute, { report, target, waived }: Context): readonly AskedRoute[] {
  const { name, service, path } = router;
  const outcomes = router.alternatives.map(requestMatch);
  const unsaid = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'unsaid' ? [outcome.what] : [])));
  for (const what of unsaid) report('CMP1451', path, { service, route: name, what });
  if (outcomes.every(({ kind }) => kind === 'never')) report('CMP1464', path, { service, route: name });
  const ways = outcomes.flatMap((outcome) => (outcome.kind === 'said' ? [outcome] : []));
  // Its requests would go to a wider route, which lets in whom this one does not.
  if (unsaid.size > 0 && ways.length === 0)
    for (const filter of guardsOf(router.filters, waived)) {
      const params = { service, route: name, filter: filter.name, type: typeOf(filter), target: targetName(target) };
      report('CMP1453', filter.path, params);
    }
  return together(ways).map((part, index) => ({
    ...part,
    name: index === 0 ? name : `${name}-${index + 1}`,
    filters: router.filters,
    port: router.port,
    published: false,
    backendScheme: router.scheme,
    tls: router.tls === undefined ? undefined : { secretName: undefined, redirects: false },
    className: undefined,
    annotations: {},
    router: { name, priority: router.priority, priorityGiven: router.priorityGiven },
    path,
  }));
}
