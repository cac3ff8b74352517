import { followDeployment as follow, followPorts, type FollowListener } from '@ushadow/contracts';

/** Follows a deployment's events from the first to the verdict, over lost connections. Returns what stops it. */
export function followDeployment(deploymentId: string, listener: FollowListener): () => void {
  return follow(deploymentId, listener, followPorts('', globalThis));
}
