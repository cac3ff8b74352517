import type { GatewayTarget } from '../../compile-input.ts';
import type { DesignedService } from '../../model/design.ts';
import type { HttpRule, Route, RouteMatch } from '../../model/routes.ts';
import { freeName } from '../../names/free-name.ts';
import { redirectToHttps } from '../../routes/http-rules.ts';
import type { RouteParents } from '../../routes/listeners.ts';
import { ANY_LISTENER, listenerSetName, plainParents, secureParents } from '../../routes/listeners.ts';
import type { EmitContext } from '../emit-context.ts';
import { metadata, serviceLabels, userAnnotations } from '../metadata.ts';
import type { Draft, DraftRecord, Sourced } from '../sourced.ts';
import { from, some } from '../sourced.ts';
import { httpFilters } from './http-filters.ts';

/** What one HTTPRoute takes at most; of matches, all rules together twice as many as one. */
const LIMITS = { hosts: 16, rules: 16, matches: 64 } as const;

/** HTTPRoutes of one service: one for each route, more where it has more hosts or rules than one takes. */
export function emitHttpRoutes(
  designed: DesignedService,
  target: GatewayTarget,
  context: EmitContext,
): readonly Sourced[] {
  return designed.routes.flatMap((route) => {
    const { rules } = route.fit;
    if (rules.length === 0) return [];
    const served = specsOf(route, rules, (hosts) => parentsOf({ ...route, hosts }, rules, target), context);
    const redirected = route.tls?.redirects === true ? rules.map(redirectToHttps) : [];
    const redirects = specsOf(route, redirected, (hosts) => plainParents(hosts, target), context);
    const objectOf = (name: string, spec: DraftRecord): Sourced =>
      from(route.path, {
        apiVersion: 'gateway.networking.k8s.io/v1',
        kind: 'HTTPRoute',
        metadata: metadata(
          name,
          context,
          serviceLabels(designed, context),
          userAnnotations({ ...designed.settings.annotations, ...route.annotations }),
        ),
        spec,
      });
    const plainName = nameBeside(`${route.objectName}-to-https`, route, context);
    return [
      ...served.map((spec, index) => objectOf(nameOfPart(route.objectName, index, route, context), spec)),
      ...redirects.map((spec, index) => objectOf(nameOfPart(plainName, index, route, context), spec)),
    ];
  });
}

function nameOfPart(name: string, index: number, route: Route, context: EmitContext): string {
  return index === 0 ? shortName(name) : nameBeside(`${name}-${index + 1}`, route, context);
}

/** Of a further object of a route: what another route is called is told apart by a digest. */
function nameBeside(name: string, { objectName }: Route, { routeNames }: EmitContext): string {
  return shortName(routeNames.has(name) ? `${name}/${objectName}` : name);
}

const shortName = (text: string): string => freeName(text, () => false);

function parentsOf(route: Route, rules: readonly HttpRule[], target: GatewayTarget): RouteParents {
  if (route.tls !== undefined) return secureParents(route, target);
  // Where it is HTTPS already, a redirect to it would go in circles.
  if (rules.some(({ redirect }) => redirect !== undefined)) return plainParents(route.hosts, target);
  const isPlain = route.router !== undefined && target.listeners?.some(({ protocol }) => protocol === 'HTTP') === true;
  return isPlain ? plainParents(route.hosts, target) : ANY_LISTENER;
}

function specsOf(
  route: Route,
  rules: readonly HttpRule[],
  parentsOf: (hosts: readonly string[]) => RouteParents,
  context: EmitContext,
): readonly DraftRecord[] {
  const bounded = rules.flatMap((rule) =>
    chunks(rule.matches, LIMITS.matches).map((matches): HttpRule => ({ ...rule, matches })),
  );
  const ruleSets = packed(bounded);
  const hostSets: readonly (readonly string[])[] = route.hosts.length === 0 ? [[]] : chunks(route.hosts, LIMITS.hosts);
  return hostSets.flatMap((hosts) =>
    ruleSets.map((set) => ({
      parentRefs: parentRefs(parentsOf(hosts), context),
      hostnames: some(hosts),
      rules: set.map((rule) => ruleOf(rule, route)),
    })),
  );
}

/** As many rules in each as one HTTPRoute takes, by their number and by their matches. */
function packed(rules: readonly HttpRule[]): readonly (readonly HttpRule[])[] {
  const sets: HttpRule[][] = [];
  let free = 0;
  for (const rule of rules) {
    const last = sets.at(-1);
    free -= rule.matches.length;
    if (last !== undefined && last.length < LIMITS.rules && free >= 0) {
      last.push(rule);
    } else {
      sets.push([rule]);
      free = 2 * LIMITS.matches - 1 - rule.matches.length;
    }
  }
  return sets;
}

function chunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  if (items.length > 0 && items.length <= size) return [items];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

function parentRefs({ sections, port, listenerSets }: RouteParents, context: EmitContext): Draft {
  const { routes } = context.target;
  if (routes?.kind !== 'gateway') return [];
  const { name, namespace } = routes;
  const ofGateway = (sections ?? [undefined]).map((sectionName) => ({ name, namespace, sectionName, port }));
  const ofSets = listenerSets.map((host) => ({
    group: 'gateway.networking.k8s.io',
    kind: 'ListenerSet',
    name: listenerSetName(host, context.design.app.name),
  }));
  return [...ofGateway, ...ofSets];
}

function ruleOf(rule: HttpRule, { backend, endpoint }: Route): Draft {
  return {
    matches: rule.matches.map(matchOf),
    filters: some(httpFilters(rule)),
    backendRefs: rule.redirect === undefined ? [{ name: endpoint, port: backend.port }] : undefined,
  };
}

function matchOf({ path, method, headers, query }: RouteMatch): Draft {
  return {
    path: { type: path.kind === 'exact' ? 'Exact' : 'PathPrefix', value: path.value },
    method,
    headers: some(headers.map(({ name, value }) => ({ name, value }))),
    queryParams: some(query.map(({ name, value }) => ({ name, value }))),
  };
}
