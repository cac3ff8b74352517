import { commonErrors, DomainError, operations, type ErrorDefinition } from '@ushadow/contracts';

/** What every answer keeps to. */
export const PROMISES = { cpuMilliseconds: 2_000, megabytes: 300 } as const;

export interface Call {
  readonly operation: keyof typeof operations;
  /** Processor time of the service: how busy the machine is otherwise does not count. */
  readonly cpuMilliseconds: number;
  /** What was answered in place of a result. */
  readonly error: unknown;
}

/** What is wrong with an answer; undefined when nothing is. */
export function complaint({ operation, cpuMilliseconds, error }: Call): string | undefined {
  if (cpuMilliseconds > PROMISES.cpuMilliseconds) return `${operation} took ${cpuMilliseconds.toFixed(0)} ms`;
  if (error === undefined) return undefined;
  if (!(error instanceof DomainError)) return `${operation}: no answer within the contract: ${String(error)}`;
  const declared: Readonly<Record<string, ErrorDefinition>> = { ...commonErrors, ...operations[operation].errors };
  if (error.code === 'UNEXPECTED' || declared[error.code] === undefined) return `${operation} answered ${error.code}`;
  if (declared[error.code]?.kind === 'unavailable') return `${operation} was not available: ${error.code}`;
  return undefined;
}
