import type { ErrorDefinition } from '../domain-error.ts';

/** Errors of every operation that names a cluster. */
export const clusterErrors = {
  CLUSTER_NOT_FOUND: { kind: 'not-found', summary: 'No cluster has this id.' },
} as const satisfies Record<string, ErrorDefinition>;

/** Errors of every operation that talks to a cluster. */
export const clusterAccessErrors = {
  ...clusterErrors,
  CLUSTER_UNREACHABLE: { kind: 'unavailable', status: 424, summary: 'The cluster’s API server does not answer.' },
  CLUSTER_UNAUTHORIZED: {
    kind: 'forbidden',
    status: 424,
    summary: 'The cluster’s API server refuses the stored credentials.',
  },
  CLUSTER_REFUSED: {
    kind: 'invalid',
    summary: 'The cluster’s API server refused the request; its message and causes are in `details`.',
  },
} as const satisfies Record<string, ErrorDefinition>;
