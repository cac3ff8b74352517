import {
  commonErrors,
  errorKinds,
  operations,
  type DomainError,
  type ErrorDefinition,
  type Operation,
} from '@ushadow/contracts';

/** Codes with a status of their own, whichever operation declares them. */
const byCode = new Map<string, number>();
const declared: Readonly<Record<string, ErrorDefinition>>[] = [
  commonErrors,
  ...Object.values(operations as Readonly<Record<string, Operation>>).map((operation) => operation.errors),
];
for (const errors of declared) {
  for (const [code, error] of Object.entries(errors)) if (error.status !== undefined) byCode.set(code, error.status);
}

/** HTTP status of a failure: its code's own, else its kind's. */
export function statusOf(error: DomainError): number {
  return byCode.get(error.code) ?? errorKinds[error.kind].status;
}
