import type { KubeObject, RouteParent } from '@ushadow/kubernetes';
import { currentCondition, isJsonObject, routeParents } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { progressing, ready } from './readiness.ts';

/** Where no controller answers for a Gateway, none ever will. */
const ANSWER_WAIT_MS = 10_000;

/** A route is as far as the least of its parents; why one refuses it is a cause of its own. */
export function gatewayRouteReadiness(route: KubeObject): Readiness {
  const parents = routeParents(route);
  const refused = parents.find(
    ({ accepted, resolved }) => accepted?.status === 'False' || resolved?.status === 'False',
  );
  if (refused !== undefined) return progressing(`${nameOf(refused)} does not serve the route`);
  const waiting = parents.find(({ accepted }) => accepted?.status !== 'True');
  if (waiting === undefined) return ready('the route is accepted');
  return { ...progressing(`${nameOf(waiting)} has not answered for the route`), readyAfterMs: ANSWER_WAIT_MS };
}

export function listenerSetReadiness(set: KubeObject): Readiness {
  const { status, metadata } = set;
  const parts = isJsonObject(status) ? [status] : [];
  const conditions = ['Accepted', 'Programmed'].map((type) => currentCondition(parts, type, metadata.generation ?? 0));
  if (conditions.every((condition) => condition?.status === 'True')) return ready('the listeners are programmed');
  if (conditions.some((condition) => condition?.status === 'False'))
    return progressing('the Gateway does not serve the listeners');
  return { ...progressing('no Gateway has answered for the listeners'), readyAfterMs: ANSWER_WAIT_MS };
}

function nameOf({ kind, namespace, name }: RouteParent): string {
  return `${kind} ${namespace}/${name}`;
}
