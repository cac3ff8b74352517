import { formatObjectId } from '@ushadow/kubernetes';
import type { Emit } from '../deploy-event.ts';
import type { GraphNode } from '../graph/apply-graph.ts';
import { listAt, textAt } from '../readiness/fields.ts';
import type { ClusterView } from '../watch/cluster-view.ts';

/** Where no load balancer controller runs the address never comes: worth a word, but no reason to wait or to fail. */
export function warnOfMissingAddresses(nodes: readonly GraphNode[], view: ClusterView, emit: Emit): void {
  for (const { id, object } of nodes) {
    if (object.kind !== 'Service' || textAt(object, ['spec', 'type']) !== 'LoadBalancer') continue;
    const live = view.get(id);
    if (live !== undefined && listAt(live, ['status', 'loadBalancer', 'ingress']).length > 0) continue;
    const message = `${formatObjectId(id)} has no address yet; without a load balancer in the cluster it never gets one`;
    emit({ type: 'warning', code: 'LOAD_BALANCER_PENDING', message, object: id });
  }
}
