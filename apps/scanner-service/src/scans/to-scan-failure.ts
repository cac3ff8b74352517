import { DomainError, failure, operations } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes/errors';
import { isForbidden } from './cluster-reader.ts';
import { missingRight, services } from './kinds.ts';

const operation = operations.scanInfra;

/**
 * Why a scan failed, in words a person can act on. What the other side wrote is not repeated: it may not be an API
 * server at all. Other errors than a cluster's are handed on.
 */
export function toScanFailure(error: unknown, namespace: string | undefined): DomainError {
  if (error instanceof DomainError) return error;
  if (!(error instanceof KubernetesApiError)) throw error;
  const { httpStatus, reason } = error;
  const details = { reason, http_status: httpStatus };
  const failed = (code: Parameters<typeof failure<typeof operation>>[1], message: string): DomainError =>
    failure(operation, code, message, { details });
  if (isForbidden(error)) return failed('SCAN_FAILED', `${whatToAllow(namespace)}.`);
  if (classifyError(error) === 'unauthorized') {
    return failed('CLUSTER_UNAUTHORIZED', 'The API server does not accept the stored credential; it may have expired.');
  }
  switch (reason) {
    case 'Cancelled':
      return failed('SCAN_TIMED_OUT', 'The cluster did not give all its lists in time; name fewer namespaces.');
    case 'UnexpectedResponse':
    case 'UnexpectedRedirect':
      return failed('CLUSTER_ANSWER_INVALID', 'What answers at the cluster’s address is not a Kubernetes API server.');
    case 'ResponseTooLarge':
      return failed('CLUSTER_ANSWER_TOO_LARGE', 'The cluster’s answer is larger than any Kubernetes list can be.');
  }
  if (httpStatus === 0) return failed('CLUSTER_UNREACHABLE', `The cluster does not answer: ${error.message}.`);
  return failed('SCAN_FAILED', `The API server could not list the Services: it answered ${httpStatus} (${reason}).`);
}

function whatToAllow(namespace: string | undefined): string {
  const rule = missingRight(services, namespace);
  return namespace === undefined ? `${rule}, or name the namespaces to scan` : rule;
}
