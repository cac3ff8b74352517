import type { Condition } from './condition.ts';
import type { JsonObject } from './json.ts';
import { listAt, numberAt, textAt, valueAt } from './json.ts';
import type { KubeObject } from './object.ts';

const GATEWAY_API = 'gateway.networking.k8s.io';
const ROUTES: ReadonlySet<string> = new Set(['HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute']);

/** What leads from a Gateway to Services. */
export function isGatewayRoute({ apiVersion, kind }: Pick<KubeObject, 'apiVersion' | 'kind'>): boolean {
  return ROUTES.has(kind) && apiVersion.startsWith(`${GATEWAY_API}/`);
}

/** What a route of a Gateway holds on to, and what that says of it as it is now. */
export interface RouteParent {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** Of a listener; empty: any. */
  readonly section: string;
  readonly accepted: Condition | undefined;
  /** Whether what it leads to is there. */
  readonly resolved: Condition | undefined;
}

/** One for each parent that the route names, answered or not. */
export function routeParents(route: KubeObject): RouteParent[] {
  const { namespace: home = '', generation = 0 } = route.metadata;
  const answers = listAt(route, ['status', 'parents']);
  return listAt(route, ['spec', 'parentRefs']).map((reference) => {
    const key = parentKey(reference, home);
    const given = answers.filter((answer) => parentKey(valueAt(answer, ['parentRef']), home) === key);
    return {
      kind: textAt(reference, ['kind']) || 'Gateway',
      namespace: textAt(reference, ['namespace']) || home,
      name: textAt(reference, ['name']),
      section: textAt(reference, ['sectionName']),
      accepted: currentCondition(given, 'Accepted', generation),
      resolved: currentCondition(given, 'ResolvedRefs', generation),
    };
  });
}

/** A condition of an object or of a part of its status, where it is about this generation. */
export function currentCondition(
  parts: readonly JsonObject[],
  type: string,
  generation: number,
): Condition | undefined {
  const found = parts
    .flatMap((part) => listAt(part, ['conditions']))
    .filter((condition) => condition['type'] === type)
    .find((condition) => numberAt(condition, ['observedGeneration'], generation) >= generation);
  if (found === undefined) return undefined;
  return { status: textAt(found, ['status']), reason: textAt(found, ['reason']), message: textAt(found, ['message']) };
}

function parentKey(reference: unknown, home: string): string {
  return JSON.stringify([
    textAt(reference, ['group']) || GATEWAY_API,
    textAt(reference, ['kind']) || 'Gateway',
    textAt(reference, ['namespace']) || home,
    textAt(reference, ['name']),
    textAt(reference, ['sectionName']),
    numberAt(reference, ['port']),
  ]);
}
