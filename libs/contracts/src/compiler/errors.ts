import type { ErrorDefinition } from '../domain-error.ts';

export const serviceErrors = {
  SERVICE_NOT_FOUND: { kind: 'not-found', summary: 'The catalog has no service with this id.' },
} as const satisfies Record<string, ErrorDefinition>;

/** Of whatever reads a project. */
export const workErrors = {
  PROJECT_TOO_COSTLY: {
    kind: 'invalid',
    summary: 'Reading or compiling the project costs more than it may; `details` says what was measured.',
  },
  COMPILER_BUSY: { kind: 'unavailable', summary: 'Too many projects are being compiled at once.' },
} as const satisfies Record<string, ErrorDefinition>;

export const compileErrors = {
  ...serviceErrors,
  ...workErrors,
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
