import { channels, type Frame } from '@ushadow/byte-streams';
import { DomainError, type InputOf, type operations } from '@ushadow/contracts';
import { z } from 'zod';

/** Changes the folder and becomes the command. */
const IN_FOLDER = ['sh', '-c', 'cd -- "$1" && shift && exec "$@"', 'sh'];
/** They are sent with the first breath. */
const WAIT_MS = 10_000;
const values = z.record(
  z.string(),
  z.string().refine((text) => !text.includes('\0')),
);

/**
 * The variables that were announced by name. Their values come by the stream alone, so that they are neither on the bus nor in
 * the audit. @throws DomainError
 */
export async function variablesOf(
  names: readonly string[],
  frames: AsyncIterator<Frame>,
  signal: AbortSignal,
): Promise<readonly (readonly [name: string, value: string])[]> {
  if (names.length === 0) return [];
  const first = await within(AbortSignal.any([signal, AbortSignal.timeout(WAIT_MS)]), frames.next());
  const given =
    first === undefined || first.done === true || first.value.channel !== channels.environment
      ? {}
      : read(first.value.bytes);
  return names.map((name) => {
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value !== undefined) return [name, value] as const;
    throw new DomainError('INVALID_INPUT', 'invalid', `environment: no value of ${name} has come on channel 5.`);
  });
}

/** A container starts a program as it is: variables and folder are set by programs of the container. */
export function startedWith(
  { command, workdir }: Pick<InputOf<typeof operations.openExec>, 'command' | 'workdir'>,
  variables: readonly (readonly [name: string, value: string])[],
): readonly string[] {
  const inFolder = workdir === undefined ? command : [...IN_FOLDER, workdir, ...command];
  if (variables.length === 0) return inFolder;
  return ['env', ...variables.map(([name, value]) => `${name}=${value}`), ...inFolder];
}

function read(bytes: Uint8Array): Readonly<Record<string, string>> {
  try {
    return values.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    return {};
  }
}

async function within<T>(signal: AbortSignal, what: Promise<T>): Promise<T | undefined> {
  const over = Promise.withResolvers<undefined>();
  const end = (): void => over.resolve(undefined);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.race([what, over.promise]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
