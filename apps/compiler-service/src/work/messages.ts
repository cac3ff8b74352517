import { DomainError, type ErrorEnvelope } from '@ushadow/contracts';

/** What a worker says first: it takes tasks now. */
export const READY = 'ready';

/** What goes to a worker. Nothing of it is written anywhere: it holds secrets. */
export interface TaskMessage {
  readonly name: string;
  readonly input: unknown;
}

/** What comes back: a result, a refusal of the domain, or a mistake of ours. */
export type AnswerMessage =
  | { readonly output: unknown }
  | { readonly refused: Pick<ErrorEnvelope, 'code' | 'kind' | 'message' | 'details'> }
  | { readonly broken: string };

export function answerFor(error: unknown): AnswerMessage {
  if (error instanceof DomainError) {
    const { code, kind, message, details } = error;
    return { refused: { code, kind, message, details } };
  }
  return { broken: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

/** The output, or what was thrown for it. */
export function outputOf(answer: AnswerMessage): unknown {
  if ('output' in answer) return answer.output;
  if ('broken' in answer) throw new Error(`a task broke: ${answer.broken}`);
  const { code, kind, message, details } = answer.refused;
  throw new DomainError(code, kind, message, details === undefined ? {} : { details });
}
