import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition, ProxyRoute } from '@ushadow/proxy-labels';
import { chooseRoute } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../../src/compile-input.ts';
import { compileProject } from '../../src/testing/compile-project.ts';
import { HOSTS, REQUEST, ROUTERS, routerOf, routesWith, servicesWith, whyElsewhere } from './random-routers.ts';
import { servicesOf } from './read-routes.ts';

const TARGETS: readonly RouteTarget[] = [{ kind: 'ingress' }, { kind: 'gateway', name: 'gw', listeners: [] }];

/** What two findings say that concern every route: prefixes are of whole segments, and a Gateway's wildcards of any depth. */
function asTold(condition: Condition, byGateway: boolean): Condition {
  if (condition.kind === 'and' || condition.kind === 'or')
    return { kind: condition.kind, of: condition.of.map((part) => asTold(part, byGateway)) };
  if (condition.kind === 'not') return { kind: 'not', of: asTold(condition.of, byGateway) };
  if (condition.kind === 'path-prefix' && condition.value !== '/') {
    const base = condition.value.replace(/\/$/, '');
    return {
      kind: 'or',
      of: [
        { kind: 'path', value: base },
        { kind: 'path-prefix', value: `${base}/` },
      ],
    };
  }
  if (byGateway && condition.kind === 'host' && condition.value.startsWith('*.'))
    return {
      kind: 'or',
      of: HOSTS.filter((host) => host.endsWith(condition.value.slice(1))).map((value) => ({ kind: 'host', value })),
    };
  return condition;
}

describe.each(TARGETS)('routes of Traefik as $kind', (target) => {
  it('every request is routed alike, or a finding names why not', () => {
    const byGateway = target.kind === 'gateway';
    let agreed = 0;
    fc.assert(
      fc.property(ROUTERS, fc.array(REQUEST, { minLength: 5, maxLength: 20 }), (routers, requests) => {
        const result = compileProject({ services: servicesWith(routers) }, { target: { routes: target } });
        const routes = routesWith(routers);
        const told = routes.map((route) => ({ ...route, condition: asTold(route.condition, byGateway) }));
        for (const request of requests) {
          const [exact, expected] = [chooseRoute(routes, request), chooseRoute(told, request)];
          const taken = [...servicesOf(result.objects, request)];
          const isAsked = (route: ProxyRoute | undefined): boolean =>
            route === undefined ? taken.length === 0 : taken.length === 1 && taken[0] === route.service;
          if (isAsked(exact)) agreed += 1;
          else {
            const why = whyElsewhere(result, [exact?.name, expected?.name], taken.map(routerOf));
            expect({ routers, request, expected: exact?.service, taken, why }).not.toMatchObject({ why: [] });
          }
        }
      }),
      { numRuns: 400 },
    );
    expect(agreed).toBeGreaterThan(1_000);
  });
});
