const MEANINGS: Readonly<Record<number, string>> = {
  0: 'it ended normally: the image is no server, or its command returns at once',
  1: 'an error of the application',
  2: 'an error of the application or wrong arguments',
  126: 'the command exists but cannot be executed',
  127: 'the command does not exist in the image',
  128: 'the container could not be started',
};
const SIGNALS: Readonly<Record<number, string>> = {
  4: 'SIGILL',
  6: 'SIGABRT',
  7: 'SIGBUS',
  8: 'SIGFPE',
  9: 'SIGKILL',
  11: 'SIGSEGV',
  15: 'SIGTERM',
};

/** Name of the signal that ended a container; undefined where none did. */
export function signalOf(exitCode: number, signal = 0): string | undefined {
  const number = signal > 0 ? signal : exitCode - 128;
  return number <= 0 ? undefined : (SIGNALS[number] ?? (signal > 0 ? `signal ${signal}` : undefined));
}

/** `exit code 137 (killed by SIGKILL)`. */
export function explainExit(exitCode: number): string {
  const signal = SIGNALS[exitCode - 128];
  const meaning = MEANINGS[exitCode] ?? (signal === undefined ? undefined : `killed by ${signal}`);
  return meaning === undefined ? `exit code ${exitCode}` : `exit code ${exitCode} (${meaning})`;
}
