import { failure, operations, type DomainError } from '@ushadow/contracts';

export function clusterNotFound(id: string): DomainError {
  return failure(operations.getCluster, 'CLUSTER_NOT_FOUND', `There is no cluster ${id}.`);
}
