import { failure, operations } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';

/** A failed call to a cluster as the caller sees it: away, credential refused, or the API's own words. */
export function toApiFailure(error: unknown): unknown {
  if (!(error instanceof KubernetesApiError)) return error;
  const details = { reason: error.reason, message: error.message, causes: error.causes };
  const kind = classifyError(error);
  if (kind === 'unauthorized') {
    const text = 'The API server does not accept the stored credential; it may have expired.';
    return failure(operations.listNodes, 'CLUSTER_UNAUTHORIZED', text, { details });
  }
  const refused = error.httpStatus >= 400 && error.httpStatus < 500;
  return refused
    ? failure(operations.listNodes, 'CLUSTER_REFUSED', error.message, { details })
    : failure(operations.listNodes, 'CLUSTER_UNREACHABLE', `The cluster does not answer: ${error.message}.`, {
        details,
      });
}
