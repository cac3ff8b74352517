import type { ErrorDefinition } from '../domain-error.ts';

export const deploymentErrors = {
  DEPLOYMENT_NOT_FOUND: { kind: 'not-found', summary: 'No deployment has this id.' },
} as const satisfies Record<string, ErrorDefinition>;
