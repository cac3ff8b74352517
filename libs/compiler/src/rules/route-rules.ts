import type { GatewayTarget } from '../compile-input.ts';
import type { DesignedService } from '../model/design.ts';
import type { Fit, Route } from '../model/routes.ts';
import { isImplied, targetName, typeOf } from '../routes/fit.ts';
import { certificateName, listenerSetName, secureParents } from '../routes/listeners.ts';
import type { PassContext } from '../passes/pass.ts';
import type { ServiceRule } from './rule.ts';

/** What a target cannot do to requests is an error unless somebody has agreed to do without. */
export const filtersOfRoutes: ServiceRule = (designed, context) => {
  const target = targetName(context.input.target.routes);
  eachFit(designed, (route, { lostFilters, waivedFilters }, params) => {
    for (const filter of lostFilters)
      if (filter.kind === 'other' && filter.undefined === true)
        context.report('CMP1471', filter.path, { ...params, filter: filter.name });
      else context.report('CMP1453', filter.path, { ...params, filter: filter.name, type: typeOf(filter), target });
    for (const filter of waivedFilters)
      if (isImplied(filter))
        context.report(filter.kind === 'strip-prefix' ? 'CMP1473' : 'CMP1470', filter.path, params);
      else context.report('CMP1454', filter.path, { ...params, filter: filter.name, type: typeOf(filter) });
  });
};

/** Where a route takes other requests than its rule says. */
export const matchesOfRoutes: ServiceRule = (designed, context) => {
  const byGateway = context.input.target.routes?.kind === 'gateway';
  eachFit(designed, (route, { matches, lostMatches }, params) => {
    const code = byGateway ? 'CMP1469' : 'CMP1467';
    for (const what of lostMatches) context.report(code, route.path, { ...params, what });
    if (route.router === undefined) return;
    const prefixes = matches.flatMap(({ path }) => (path.kind === 'prefix' && path.value !== '/' ? [path.value] : []));
    for (const prefix of new Set(prefixes)) context.report('CMP1458', route.path, { ...params, prefix });
    if (!byGateway) return;
    for (const host of route.hosts)
      if (host.startsWith('*.')) context.report('CMP1457', route.path, { ...params, host });
  });
};

export const prioritiesOfRoutes: ServiceRule = (designed, context) => {
  eachFit(designed, (route, _fit, params) => {
    if (route.router?.priorityGiven === true) context.report('CMP1456', route.path, params);
  });
};

export const schemesOfRoutes: ServiceRule = (designed, context) => {
  eachFit(designed, (route, _fit, params) => {
    if (route.backendScheme === 'https') context.report('CMP1465', route.path, { ...params, scheme: 'HTTPS' });
  });
};

/** A certificate that nobody issues, and listeners that a Gateway does not have. */
export const tlsOfRoutes: ServiceRule = (designed, context) => {
  const { routes: target } = context.input.target;
  eachFit(designed, (route, { lostFilters }, params) => {
    if (route.tls === undefined || lostFilters.length > 0) return;
    if (target?.kind === 'gateway') reportListeners(route, target, params, context);
    else if (target?.issuer === undefined && route.hosts.length > 0 && route.router !== undefined)
      context.report('CMP1462', route.path, { ...params, secret: `${designed.name}-tls` });
  });
};

function reportListeners(
  route: Route,
  target: GatewayTarget,
  params: { readonly service: string; readonly route: string },
  { report, input }: PassContext,
): void {
  const app = input.project.name;
  const gateway = target.namespace === undefined ? target.name : `${target.namespace}/${target.name}`;
  const { missing, listenerSets } = secureParents(route, target);
  if (target.issuer === undefined && (route.tls?.secretName ?? '') === '')
    for (const host of listenerSets)
      report('CMP1462', route.path, { ...params, secret: certificateName(listenerSetName(host, app)) });
  for (const { name, host } of missing) {
    const secret = `${name}-tls`;
    const yaml = [
      `- name: ${name}`,
      ...(host === undefined ? [] : [`  hostname: "${host}"`]),
      '  port: 443',
      '  protocol: HTTPS',
      '  tls:',
      '    mode: Terminate',
      `    certificateRefs: [{name: ${secret}}]`,
      '  allowedRoutes: {namespaces: {from: All}}',
    ].join('\n');
    report('CMP1460', route.path, { ...params, gateway, listener: name, yaml });
  }
}

function eachFit(
  designed: DesignedService,
  visit: (route: Route, fit: Fit, params: { readonly service: string; readonly route: string }) => void,
): void {
  for (const route of designed.routes) {
    visit(route, route.fit, { service: designed.service.name, route: route.router?.name ?? designed.service.name });
  }
}
