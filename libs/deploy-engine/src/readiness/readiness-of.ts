import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, numberAt } from '@ushadow/kubernetes';
import { daemonSetReadiness } from './daemon-set.ts';
import { deploymentReadiness } from './deployment.ts';
import { gatewayRouteReadiness, listenerSetReadiness } from './gateway-routes.ts';
import { jobReadiness } from './job.ts';
import { podReadiness } from './pod.ts';
import type { Readiness, ReadinessRule } from './readiness.ts';
import { failed, progressing, ready } from './readiness.ts';
import { statefulSetReadiness } from './stateful-set.ts';
import { replicaSetReadiness } from './replica-set.ts';
import {
  claimReadiness,
  definitionReadiness,
  ingressReadiness,
  namespaceReadiness,
  serviceReadiness,
} from './storage-and-network.ts';

const RULES: Readonly<Record<string, ReadinessRule>> = {
  '/Namespace': namespaceReadiness,
  '/PersistentVolumeClaim': claimReadiness,
  '/Pod': podReadiness,
  '/Service': serviceReadiness,
  'apps/DaemonSet': daemonSetReadiness,
  'apps/Deployment': deploymentReadiness,
  'apps/ReplicaSet': replicaSetReadiness,
  'apps/StatefulSet': statefulSetReadiness,
  'batch/Job': jobReadiness,
  'gateway.networking.k8s.io/HTTPRoute': gatewayRouteReadiness,
  'gateway.networking.k8s.io/ListenerSet': listenerSetReadiness,
  'gateway.networking.k8s.io/TCPRoute': gatewayRouteReadiness,
  'gateway.networking.k8s.io/TLSRoute': gatewayRouteReadiness,
  'gateway.networking.k8s.io/UDPRoute': gatewayRouteReadiness,
  'networking.k8s.io/Ingress': ingressReadiness,
  'apiextensions.k8s.io/CustomResourceDefinition': definitionReadiness,
};

/** Kinds whose controllers report the generation they have acted on, and have not acted before they report it. */
const CONTROLLED = new Set(['apps/DaemonSet', 'apps/Deployment', 'apps/ReplicaSet', 'apps/StatefulSet']);

/** How far an object is. What its controller has not seen yet is not judged by an older status. */
export function readinessOf(object: KubeObject): Readiness {
  if (object.metadata.deletionTimestamp !== undefined)
    return { state: 'deleting', message: 'the object is being deleted' };
  const kind = `${object.apiVersion.includes('/') ? object.apiVersion.split('/')[0] : ''}/${object.kind}`;
  const generation = object.metadata.generation ?? 0;
  const observed = numberAt(object, ['status', 'observedGeneration'], CONTROLLED.has(kind) ? 0 : generation);
  if (observed < generation) return progressing('the controller has not seen the change yet');
  return (Object.hasOwn(RULES, kind) ? RULES[kind] : undefined)?.(object) ?? byConditions(object);
}

/** Kinds we know nothing of are judged by the usual conditions; without any they are ready once they exist. */
function byConditions(object: KubeObject): Readiness {
  const stalled = conditionOf(object, 'Stalled');
  if (stalled?.status === 'True') return failed('API_ERROR', stalled.message || 'the object is stalled');
  if (conditionOf(object, 'Reconciling')?.status === 'True') return progressing('the object is being reconciled');
  for (const type of ['Ready', 'Available']) {
    const condition = conditionOf(object, type);
    if (condition?.status === 'False')
      return progressing(condition.message || `the object is not ${type.toLowerCase()}`);
  }
  return ready('the object exists');
}
