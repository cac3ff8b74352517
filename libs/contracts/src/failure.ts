import { commonErrors, type CommonErrorCode } from './common-errors.ts';
import type { ErrorCodeOf, Operation } from './define-operation.ts';
import { DomainError, type ErrorDefinition } from './domain-error.ts';

/** An error that the operation declares; the type checker refuses any other code. `details` must not hold secrets. */
export function failure<O extends Operation>(
  operation: O,
  code: ErrorCodeOf<O> | CommonErrorCode,
  message: string,
  options: { details?: unknown; cause?: unknown } = {},
): DomainError {
  const declared: Readonly<Record<string, ErrorDefinition>> = { ...commonErrors, ...operation.errors };
  return new DomainError(code, declared[code]?.kind ?? 'unexpected', message, options);
}
