import { Refusal, type CommandContext } from '../command.ts';

/** What somebody has to say yes to. */
export interface Consent {
  /** What would happen, line by line. */
  readonly what: readonly string[];
  readonly question: string;
  /** The option that says yes beforehand. */
  readonly yes: boolean | undefined;
}

/** Goes on with a yes: of `--yes`, or of whoever sits at the terminal. */
export async function confirm(
  { what, question, yes }: Consent,
  { ask, printError }: Pick<CommandContext, 'ask' | 'printError'>,
): Promise<void> {
  printError(what.map((line) => `${line}\n`).join(''));
  if (yes === true) return;
  if (ask === undefined) throw new Refusal('This needs a yes, and nobody can be asked here: say --yes.');
  const answer = await ask(`${question} [y/N] `);
  if (!/^y(es)?$/i.test(answer?.trim() ?? '')) throw new Refusal('Nothing was changed.');
}
