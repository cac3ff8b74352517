import type { ProxyRoute } from '@ushadow/proxy-labels';
import type { Report } from '../diagnostics/reporter.ts';
import type { AskedRoute } from '../model/routes.ts';
import { together } from './asked-routes.ts';
import { requestMatch } from './request-match.ts';

/** The routes of a proxy's router, one for each set of hosts; what cannot be said is left out and named. */
export function routesOfRouter(router: ProxyRoute, report: Report): readonly AskedRoute[] {
  const { name, service, path } = router;
  const outcomes = router.alternatives.map(requestMatch);
  const unsaid = new Set(outcomes.flatMap((outcome) => (outcome.kind === 'unsaid' ? [outcome.what] : [])));
  for (const what of unsaid) report('CMP1451', path, { service, route: name, what });
  if (outcomes.every(({ kind }) => kind === 'never')) report('CMP1464', path, { service, route: name });
  const ways = outcomes.flatMap((outcome) => (outcome.kind === 'said' ? [outcome] : []));
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
