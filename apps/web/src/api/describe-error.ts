import { DomainError } from '@ushadow/contracts';
import { problemsOf, type Problem } from './error-details.ts';
import { wordings, type Wording } from './error-wordings.ts';

export interface ErrorDescription {
  /** What went wrong, in a few words. */
  readonly title: string;
  /** What happened, as the server says it. */
  readonly message: string;
  /** What to do. */
  readonly remedy: string | null;
  readonly problems: readonly Problem[];
  readonly code: string;
  /** Under which the log has it. */
  readonly requestId: string | null;
}

const UNKNOWN: Wording = ['Something went wrong', 'Try again; if it stays so, report the code below.'];

/** The words for an error. Codes without words of their own keep the server's message, code and request id. */
export function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof DomainError)) {
    const message = error instanceof Error ? error.message : String(error);
    return { ...worded(UNKNOWN), message, problems: [], code: 'UNEXPECTED', requestId: null };
  }
  return {
    ...worded(wordings[error.code] ?? UNKNOWN),
    message: error.message,
    problems: problemsOf(error),
    code: error.code,
    requestId: error.requestId ?? null,
  };
}

function worded([title, remedy]: Wording): Pick<ErrorDescription, 'title' | 'remedy'> {
  return { title, remedy: remedy ?? null };
}

export function hasCode(error: unknown, code: string): boolean {
  return error instanceof DomainError && error.code === code;
}
