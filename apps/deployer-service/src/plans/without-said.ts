import type { Failure } from '@ushadow/deploy-engine';
import { objectId, objectKey, textAt, type KubeObject } from '@ushadow/kubernetes';

/**
 * What the engine warns of beside what is said already: where nothing takes the routes, an Ingress that leaves its class to the
 * cluster has none for the same cause.
 */
export function withoutSaid(
  found: readonly Failure[],
  said: readonly Failure[],
  objects: readonly KubeObject[],
): readonly Failure[] {
  if (!said.some(({ code }) => code === 'ROUTE_NO_CONTROLLER')) return found;
  const ofNoClass = objects.filter(
    (object) => object.kind === 'Ingress' && textAt(object, ['spec', 'ingressClassName']) === '',
  );
  const known = new Set(ofNoClass.map((object) => objectKey(objectId(object))));
  return found.filter(
    ({ code, object }) => code !== 'INGRESS_NO_CLASS' || object === undefined || !known.has(objectKey(object)),
  );
}
