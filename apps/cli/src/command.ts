import type { ParseArgsConfig } from 'node:util';
import type { CommandStreams } from './shell/streams.ts';

/** What a command may use: where it runs, and its terminal. */
export interface CommandContext {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Standard output is a terminal: colours and code frames are shown. */
  readonly isTerminal: boolean;
  /** Of that terminal, as it is now. */
  readonly size?: () => { readonly columns: number; readonly rows: number };
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
  /** `--json` was given: standard output gets data alone, and failures are data too. */
  readonly json?: boolean;
  /** All there are, for the command that completes them. */
  readonly commands?: readonly Command[];
  /** For commands that pass bytes on; absent where there are none to pass. */
  readonly streams?: CommandStreams;
  /** Resolves when what was printed has been taken, so that much can be printed without being held. */
  readonly untilDrained?: () => Promise<void>;
  /** Asks whoever sits at the terminal; absent in a pipe. Undefined: no answer is to be had. */
  readonly ask?: Ask;
}

export type Ask = (question: string, options?: { readonly hidden?: boolean }) => Promise<string | undefined>;

/**
 * 0: done, or the deployment succeeded; 1: the input has errors, it failed, or it was refused; 2: called wrongly; 3: it is not
 * known how the deployment ended; 4: cancelled or superseded; 5: the gateway or a service behind it is away.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5;

/** A command as the registry knows it; its code is loaded when it is run. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

export type OptionTable = NonNullable<ParseArgsConfig['options']>;

/** What an argument or the value of an option can be: some of what there is, or one of these words. */
export type Names = 'service' | 'stack' | 'cluster' | 'template' | 'file' | 'folder' | readonly string[];

export interface CommandModule {
  /** Shown by --help. */
  readonly usage: string;
  /** Every option that it takes. */
  readonly options: OptionTable;
  /** What its arguments name, in their order; more of them name what the last one does. */
  readonly names?: readonly Names[];
  /** Gives an exit code: an `ExitCode`, or that of a command it has run. Throws a UsageError when it is called wrongly. */
  readonly run: (args: readonly string[], context: CommandContext) => Promise<number>;
  /** Behind its first argument stands another command, whose options are not its own. */
  readonly passesArguments?: boolean;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}

/** It was not done, and nothing is wrong with the call; the message says why and what to do. */
export class Refusal extends Error {
  /** What it is about, as data. */
  readonly details: unknown;

  constructor(message: string, details?: unknown) {
    super(message);
    this.details = details;
  }
}
