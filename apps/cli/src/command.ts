/** What a command may use of its surroundings. */
export interface Surroundings {
  readonly workingDirectory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Standard output is a terminal: colours and code frames are shown. */
  readonly isTerminal: boolean;
  readonly print: (text: string) => void;
  readonly printError: (text: string) => void;
}

export type ExitCode = 0 | 1 | 2;

/** A command as the registry knows it; its code is loaded when it is run. */
export interface Command {
  readonly name: string;
  /** One line for the overview. */
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

export interface CommandModule {
  /** Shown by --help. */
  readonly usage: string;
  /** 0: done; 1: the input has errors; 2: called wrongly (throw a UsageError). */
  readonly run: (args: readonly string[], surroundings: Surroundings) => Promise<ExitCode>;
}

/** The command line is wrong; the message says how. */
export class UsageError extends Error {}
