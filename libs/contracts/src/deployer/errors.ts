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

/** Errors of everything that starts a worker on a stack. */
export const jobErrors = {
  DEPLOYMENT_IN_PROGRESS: {
    kind: 'conflict',
    summary:
      'A deployment of these services is under way; `details.deployment_id` is that one. Wait, cancel, follow or supersede it.',
  },
} as const satisfies Record<string, ErrorDefinition>;

/** Errors of what is done to a stack that exists. */
export const stackErrors = {
  STACK_NOT_FOUND: { kind: 'not-found', summary: 'No stack has this id.' },
  SERVICE_NOT_DEPLOYED: {
    kind: 'not-found',
    summary: 'The stack has no such service; the message names those it has.',
  },
  NO_REVISION: {
    kind: 'conflict',
    summary: 'There is no good revision to go back to, or it is not one of this stack.',
  },
  SHARED_CONFLICT: {
    kind: 'conflict',
    summary: 'Another service of the stack needs another version of what would be changed; take it along.',
  },
} as const satisfies Record<string, ErrorDefinition>;

/** Errors of what is asked of one revision. */
export const revisionErrors = {
  STACK_NOT_FOUND: stackErrors.STACK_NOT_FOUND,
  REVISION_NOT_FOUND: { kind: 'not-found', summary: 'The stack has no revision of this number, or no such tag.' },
  NO_REVISION: {
    kind: 'conflict',
    summary: 'The revision has left no whole state, or is older than is kept: only its history is left.',
  },
} as const satisfies Record<string, ErrorDefinition>;

/** What can stand in the way of deploying a project as a stack, before its cluster is asked. */
export const stackRequestErrors = {
  PROJECT_NOT_FOUND: { kind: 'not-found', summary: 'The catalog has no project of this name.' },
  STACK_AMBIGUOUS: {
    kind: 'conflict',
    summary: 'The project has several stacks in this cluster; `details.stacks` lists them. Name a namespace.',
  },
  NAMESPACE_RESERVED: {
    kind: 'invalid',
    summary: 'The project’s name is a namespace that is only used when it is named.',
  },
  NAMESPACE_NOT_EMPTY: {
    kind: 'conflict',
    summary: 'The namespace exists and holds others’ objects; name it, or say yes to it.',
  },
  DEPENDENCY_NOT_RUNNING: {
    kind: 'conflict',
    summary: 'A service depends on one that is neither selected nor running; take it along with its dependencies.',
  },
  SHARED_CONFLICT: stackErrors.SHARED_CONFLICT,
  NO_OVERRIDE: { kind: 'not-found', summary: 'The stack has no such override; the message names those it has.' },
  SINGLE_WRITER: {
    kind: 'conflict',
    summary: 'More than one replica of what only one may write to would share a claim.',
  },
} as const satisfies Record<string, ErrorDefinition>;
