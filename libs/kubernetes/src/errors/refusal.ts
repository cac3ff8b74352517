import { classifyError } from './error-class.ts';
import type { ApiErrorCause, KubernetesApiError } from './kubernetes-api-error.ts';

/** What an answer of an API server is to the user of a cluster, as errors of operations have it. */
export interface Refusal {
  readonly code: 'CLUSTER_UNREACHABLE' | 'CLUSTER_UNAUTHORIZED' | 'CLUSTER_REFUSED';
  readonly kind: 'unavailable' | 'forbidden' | 'invalid';
  /** Its reason, its causes in full (R13) and its HTTP status. */
  readonly details: {
    readonly reason: KubernetesApiError['reason'];
    readonly causes: readonly ApiErrorCause[];
    readonly status: number;
  };
}

export function refusalOf(error: KubernetesApiError): Refusal {
  const details = { reason: error.reason, causes: error.causes, status: error.httpStatus };
  const kind = classifyError(error);
  if (error.httpStatus === 0 || kind === 'transient' || kind === 'throttled')
    return { code: 'CLUSTER_UNREACHABLE', kind: 'unavailable', details };
  if (kind === 'unauthorized') return { code: 'CLUSTER_UNAUTHORIZED', kind: 'forbidden', details };
  return { code: 'CLUSTER_REFUSED', kind: 'invalid', details };
}
