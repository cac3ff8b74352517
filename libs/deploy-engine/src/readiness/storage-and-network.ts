import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, listAt, textAt } from '@ushadow/kubernetes';
import type { Readiness } from './readiness.ts';
import { failed, progressing, ready } from './readiness.ts';

export function claimReadiness(object: KubeObject): Readiness {
  const phase = textAt(object, ['status', 'phase']);
  if (phase === 'Lost') return failed('PVC_LOST', 'the claim has lost its volume');
  if (phase === 'Bound') return ready('the claim is bound');
  return progressing('the claim is not bound');
}

/** Where no controller for it exists an address never comes. */
const ADDRESS_WAIT_MS = 5_000;

export function serviceReadiness(object: KubeObject): Readiness {
  if (textAt(object, ['spec', 'type']) !== 'LoadBalancer') return ready('the service exists');
  return addressReadiness(object, 'the load balancer');
}

export function ingressReadiness(object: KubeObject): Readiness {
  return addressReadiness(object, 'the ingress');
}

function addressReadiness(object: KubeObject, what: string): Readiness {
  if (listAt(object, ['status', 'loadBalancer', 'ingress']).length > 0) return ready(`${what} has an address`);
  return { ...progressing(`${what} has no address yet`), readyAfterMs: ADDRESS_WAIT_MS };
}

export function definitionReadiness(object: KubeObject): Readiness {
  const names = conditionOf(object, 'NamesAccepted');
  if (names?.status === 'False') return failed('MANIFEST_INVALID', names.message);
  if (conditionOf(object, 'Established')?.status === 'True') return ready('the definition is established');
  return progressing('the definition is not established yet');
}

export function namespaceReadiness(object: KubeObject): Readiness {
  if (textAt(object, ['status', 'phase']) === 'Terminating') {
    return failed('NAMESPACE_TERMINATING', 'the namespace is being terminated');
  }
  return ready('the namespace is active');
}
