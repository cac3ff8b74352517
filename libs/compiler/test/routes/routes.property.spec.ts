import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chooseRoute, readProxyLabels, type Condition, type ProxyRoute, type RequestHead } from '@ushadow/proxy-labels';
import type { RouteTarget } from '../../src/compile-input.ts';
import type { CompileResult } from '../../src/compile-result.ts';
import { compileProject } from '../../src/testing/compile-project.ts';
import { servicesOf } from './read-routes.ts';

const HOSTS = ['a.org', 'b.org', 'x.a.org', 'y.x.a.org'] as const;
const PATHS = ['/', '/a', '/a/', '/a/b', '/ab'] as const;
const any = fc.constantFrom;

const PART = fc.oneof(
  { weight: 5, arbitrary: any(...HOSTS, '*.a.org').map((host) => `Host(\`${host}\`)`) },
  {
    weight: 5,
    arbitrary: fc
      .record({ name: any('Path', 'PathPrefix'), path: any(...PATHS) })
      .map(({ name, path }) => `${name}(\`${path}\`)`),
  },
  { weight: 1, arbitrary: any('GET', 'POST').map((method) => `Method(\`${method}\`)`) },
  { weight: 1, arbitrary: any('1', '2').map((value) => `Header(\`X-K\`, \`${value}\`)`) },
  { weight: 1, arbitrary: any('1', '2').map((value) => `Query(\`q\`, \`${value}\`)`) },
  { weight: 1, arbitrary: any('HostRegexp(`.+`)', 'PathRegexp(`^/a`)', 'ClientIP(`10.0.0.0/8`)', '!Method(`GET`)') },
);
const RULE = fc
  .array(fc.array(PART, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 2 })
  .map((ors) => ors.map((ands) => `(${ands.join(' && ')})`).join(' || '));
const ROUTERS = fc.array(
  fc.record({ rule: RULE, priority: fc.option(fc.integer({ min: 1, max: 30 }), { nil: undefined, freq: 6 }) }),
  { minLength: 1, maxLength: 4 },
);
const REQUEST: fc.Arbitrary<RequestHead> = fc.record({
  host: any(...HOSTS),
  path: any('/', '/a', '/a/', '/a/b', '/a/b/c', '/ab', '/c'),
  method: any('GET', 'POST'),
  headers: any<Record<string, string>[]>({}, { 'X-K': '1' }, { 'x-k': '2' }),
  query: any<Record<string, string>[]>({}, { q: '1' }, { q: '2' }),
  clientIp: fc.constant('10.1.1.1'),
});

const TARGETS: readonly RouteTarget[] = [{ kind: 'ingress' }, { kind: 'gateway', name: 'gw', listeners: [] }];

type Router = { readonly rule: string; readonly priority: number | undefined };

function servicesWith(routers: readonly Router[]) {
  return Object.fromEntries(
    routers.map(({ rule, priority }, index) => [
      `s${index}`,
      {
        expose: ['80'],
        labels: {
          [`traefik.http.routers.r${index}.rule`]: rule,
          ...(priority === undefined ? {} : { [`traefik.http.routers.r${index}.priority`]: String(priority) }),
        },
      },
    ]),
  );
}

function routesWith(routers: readonly Router[]): readonly ProxyRoute[] {
  const services = Object.entries(servicesWith(routers)).map(([name, { labels }]) => ({
    name,
    image: 'app',
    command: [],
    labels: Object.entries(labels).map(([key, value]) => ({ key, value, path: `/services/${name}/labels/${key}` })),
    environment: [],
    mounts: [],
  }));
  return readProxyLabels(services).routes;
}

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

/** What may be said of the route that a proxy would choose, and of the one that the cluster does. */
const OF_WANTED = /^CMP14(11|51|55|57|58|63|67)$/;
const OF_TAKEN = /^CMP14(11|55|63)$/;

const codesAt = ({ diagnostics }: CompileResult, router: string | undefined): readonly string[] =>
  diagnostics.filter(({ message }) => message.includes(`"${router ?? ''}"`)).map(({ code }) => code);

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
          const actual = servicesOf(result.objects, request);
          const chosen = [...actual];
          const isAsked = (route: ProxyRoute | undefined): boolean =>
            route === undefined ? actual.size === 0 : actual.size === 1 && chosen[0] === route.service;
          if (isAsked(exact)) {
            agreed += 1;
            continue;
          }
          const routerOf = (service: string | undefined) => routes.find((route) => route.service === service)?.name;
          const wanted = [exact?.name, expected?.name].flatMap((router) => codesAt(result, router));
          const taken = chosen.flatMap((service) => codesAt(result, routerOf(service)));
          const why = [
            ...wanted.filter((code) => OF_WANTED.test(code)),
            ...taken.filter((code) => OF_TAKEN.test(code)),
          ];
          expect({ routers, request, expected: exact?.service, chosen, why }).not.toMatchObject({ why: [] });
        }
      }),
      { numRuns: 400 },
    );
    expect(agreed).toBeGreaterThan(1_000);
  });
});
