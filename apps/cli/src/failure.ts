import type { CommandContext } from './command.ts';

/** Why a command did not do what was asked, as `--json` tells it. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly kind?: string;
  readonly details?: unknown;
  readonly hint?: string | undefined;
  readonly request_id?: string | undefined;
}

/** Says it on standard error: in words, or with `--json` as one value on the last line. */
export function sayFailure(
  { json, printError }: Pick<CommandContext, 'json' | 'printError'>,
  failure: Failure,
  words: string,
): void {
  printError(json === true ? `${JSON.stringify({ error: failure })}\n` : words);
}
