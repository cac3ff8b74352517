import { DomainError } from '@ushadow/contracts';
import { KubernetesApiError, refusalOf } from '@ushadow/kubernetes';

/**
 * What the target's API server says, for its user: one of the errors `CLUSTER_UNREACHABLE`, `CLUSTER_UNAUTHORIZED` and
 * `CLUSTER_REFUSED`. Anything else as it is.
 */
export function toClusterError(error: unknown): unknown {
  if (!(error instanceof KubernetesApiError)) return error;
  const { code, kind, details } = refusalOf(error);
  return new DomainError(code, kind, error.message, { details, cause: error });
}
