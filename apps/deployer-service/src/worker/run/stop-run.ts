import type { ClusterPort, DeployResult } from '@ushadow/deploy-engine';
import { KubernetesApiError, objectId, objectKey, type KubeObject } from '@ushadow/kubernetes';

/**
 * The Job of a run that somebody has ended is deleted with its pod: what nobody waits for any more does not go on. Gives the
 * result without it; where it cannot be deleted it stays the stack's, until its deadline ends it.
 */
export async function withoutRun(job: KubeObject, result: DeployResult, cluster: ClusterPort): Promise<DeployResult> {
  const key = objectKey(objectId(job));
  const made = result.inventory.find(({ object }) => objectKey(object) === key);
  if (made === undefined) return result;
  try {
    await cluster.delete(made.object, { uid: made.uid, propagationPolicy: 'Background' });
  } catch (error) {
    if (error instanceof KubernetesApiError) return result;
    throw error;
  }
  return { ...result, inventory: result.inventory.filter((entry) => entry !== made) };
}
