import type { ErrorDefinition } from '../domain-error.ts';

export const serviceErrors = {
  SERVICE_NOT_FOUND: { kind: 'not-found', summary: 'The catalog has no service with this id.' },
} as const satisfies Record<string, ErrorDefinition>;

export const compileErrors = {
  ...serviceErrors,
  COMPILE_FAILED: {
    kind: 'invalid',
    summary: 'The service cannot be compiled; `details.diagnostics` says where and why.',
  },
  ENVIRONMENT_UNRESOLVED: {
    kind: 'invalid',
    summary: 'Required variables have no value; `details.variables` names each with its place in the Compose file.',
  },
  ENVIRONMENT_UNAVAILABLE: {
    kind: 'unavailable',
    summary: 'A source of values cannot be asked, and a variable may depend on it.',
  },
} as const satisfies Record<string, ErrorDefinition>;
