import { DomainError } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';

/** What the target's API server says, for its user: message and causes in full (R13). */
export function toClusterError(error: unknown): unknown {
  if (!(error instanceof KubernetesApiError)) return error;
  const details = { reason: error.reason, causes: error.causes, status: error.httpStatus };
  const kind = classifyError(error);
  if (error.httpStatus === 0)
    return new DomainError('CLUSTER_UNREACHABLE', 'unavailable', error.message, { details, cause: error });
  if (kind === 'unauthorized')
    return new DomainError('CLUSTER_UNAUTHORIZED', 'forbidden', error.message, { details, cause: error });
  if (kind === 'transient' || kind === 'throttled') {
    return new DomainError('CLUSTER_UNREACHABLE', 'unavailable', error.message, { details, cause: error });
  }
  return new DomainError('CLUSTER_REFUSED', 'invalid', error.message, { details, cause: error });
}
