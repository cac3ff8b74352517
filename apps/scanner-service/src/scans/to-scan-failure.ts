import { DomainError, failure, operations } from '@ushadow/contracts';
import { classifyError, KubernetesApiError } from '@ushadow/kubernetes';
import { isForbidden, servicesRule } from './list-objects.ts';

const operation = operations.scanInfra;

/** Why a scan failed, in words a person can act on. Errors that are no cluster's fault are handed on. */
export function toScanFailure(error: unknown, namespace: string | undefined): unknown {
  if (error instanceof DomainError || !(error instanceof KubernetesApiError)) return error;
  const details = { reason: error.reason, message: error.message };
  if (isForbidden(error)) return failure(operation, 'SCAN_FAILED', `${servicesRule(namespace)}.`, { details });
  if (classifyError(error) === 'unauthorized') {
    const text = 'The API server does not accept the stored credential; it may have expired.';
    return failure(operation, 'CLUSTER_UNAUTHORIZED', text, { details });
  }
  if (error.httpStatus === 0) {
    return failure(operation, 'CLUSTER_UNREACHABLE', `The cluster does not answer: ${error.message}.`, { details });
  }
  return failure(operation, 'SCAN_FAILED', `The API server answered: ${error.message}`, { details });
}
