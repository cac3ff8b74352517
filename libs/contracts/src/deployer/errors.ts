import type { ErrorDefinition } from '../domain-error.ts';

export const deploymentErrors = {
  DEPLOYMENT_NOT_FOUND: { kind: 'not-found', summary: 'No deployment has this id.' },
} as const satisfies Record<string, ErrorDefinition>;

export const planErrors = {
  PLAN_NOT_FOUND: { kind: 'not-found', summary: 'No plan has this id, or it is of another cluster.' },
  PLAN_EXPIRED: { kind: 'conflict', summary: 'The plan is too old to be applied; make another one.' },
  PLAN_NOT_APPLICABLE: {
    kind: 'invalid',
    summary: 'The cluster refuses what the plan wants; `details.problems` says why.',
  },
} as const satisfies Record<string, ErrorDefinition>;

/** Errors of everything that starts a worker on a service. */
export const jobErrors = {
  DEPLOYMENT_IN_PROGRESS: {
    kind: 'conflict',
    summary:
      'A deployment of this service to this namespace is under way; `details.deployment_id` is that one. Wait, cancel or supersede it.',
  },
} as const satisfies Record<string, ErrorDefinition>;

/** Errors of what is done to a service that was deployed before. */
export const serviceErrors = {
  SERVICE_NOT_DEPLOYED: { kind: 'not-found', summary: 'This service was never deployed to this namespace.' },
  NO_REVISION: {
    kind: 'conflict',
    summary: 'There is no good revision to go back to, or it is not one of this service.',
  },
} as const satisfies Record<string, ErrorDefinition>;
