import { clusterAccessErrors } from '../cluster/errors.ts';
import type { ErrorDefinition } from '../domain-error.ts';

/** Errors of a scan as a whole. In all of them the last good results are kept. */
export const scanErrors = {
  ...clusterAccessErrors,
  CLUSTER_ANSWER_INVALID: {
    kind: 'unavailable',
    status: 424,
    summary: 'What answers at the cluster’s address is not a Kubernetes API server, or its answer is damaged.',
  },
  CLUSTER_ANSWER_TOO_LARGE: {
    kind: 'unavailable',
    status: 424,
    summary: 'The cluster’s answer is larger than any Kubernetes list can be.',
  },
  SCAN_TIMED_OUT: { kind: 'unavailable', status: 424, summary: 'The cluster did not give all its lists in time.' },
  SCAN_FAILED: {
    kind: 'unavailable',
    status: 424,
    summary: 'The Services may not be listed; the message names the rule that allows it.',
  },
} as const satisfies Record<string, ErrorDefinition>;
