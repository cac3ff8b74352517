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
} as const satisfies Record<string, ErrorDefinition>;
