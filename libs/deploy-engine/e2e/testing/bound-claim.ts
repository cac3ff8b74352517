import type { KubeObject } from '@ushadow/kubernetes';
import { objectId, owned, valueAt } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { SimulatedKubelet } from './simulated-kubelet.ts';
import { ownerOf } from './transition.ts';

/** Makes a claim as a stack would and waits for its volume: until then nothing of it is settled, nor can it grow. */
export async function makeBound(claim: KubeObject, cluster: KubernetesTransport): Promise<void> {
  const { name, namespace = '' } = claim.metadata;
  await cluster.apply(owned(claim, ownerOf([claim])), { fieldManager: 'ushadow' });
  const { name: _name, ...target } = objectId(claim);
  await new SimulatedKubelet(namespace, cluster).seen(
    target,
    (each) => each.metadata.name === name && valueAt(each, ['status', 'phase']) === 'Bound',
  );
}
