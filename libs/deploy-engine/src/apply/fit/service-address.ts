import type { KubeObject } from '@ushadow/kubernetes';
import { valueAt } from '@ushadow/kubernetes';

/**
 * True where a Service is to get an address of its own, or to have none any more. That is settled when it is made: a write
 * is refused, or accepted silently and without effect.
 */
export function changesAddress(desired: KubeObject, live: KubeObject | undefined): boolean {
  if (desired.kind !== 'Service' || live === undefined) return false;
  return !isOutside(desired) && !isOutside(live) && isHeadless(desired) !== isHeadless(live);
}

export function addressMessage(desired: KubeObject): string {
  return isHeadless(desired)
    ? 'it has an address and is to lead to the pods themselves: it can only be made anew'
    : 'it leads to the pods themselves and is to have an address: it can only be made anew';
}

/** Nothing but another name for something outside of the cluster: it may become either. */
function isOutside(service: KubeObject): boolean {
  return valueAt(service, ['spec', 'type']) === 'ExternalName';
}

function isHeadless(service: KubeObject): boolean {
  return valueAt(service, ['spec', 'clusterIP']) === 'None';
}
