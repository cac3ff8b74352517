import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { errorCode } from '../../files/create-new.ts';
import { GUARD } from './guard-script.ts';

export type TiedProcessOptions = {
  readonly program: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Runs the program as this user; only root may ask for another one. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** Standard output and error are appended to this file. */
  readonly logFile?: string;
  /** Gets each piece of standard output and error as text. */
  readonly onOutput?: (text: string) => void;
  /** What asks the program to stop; TERM by default. */
  readonly stopSignal?: 'TERM' | 'INT';
  /** How long a stopping program may take before it is killed; 5 s by default. */
  readonly graceSeconds?: number;
};

export type ProcessSignal = 'TERM' | 'INT' | 'KILL' | 'STOP' | 'CONT';

/** A running program that cannot outlive this process. */
export type TiedProcess = {
  readonly pid: number;
  /** Resolves with the exit code when the program has ended, however that came about. */
  readonly exited: Promise<number>;
  /** True from the moment the program has ended. */
  readonly hasExited: () => boolean;
  /** Sends a signal to the program itself; KILL cannot be refused, and STOP holds it until CONT. */
  readonly signal: (name: ProcessSignal) => void;
  /** Asks the program to stop, kills it after the grace period, resolves when it is gone. */
  readonly stop: () => Promise<void>;
  /** The last lines it wrote, for error messages. */
  readonly lastOutput: () => string;
};

const KEPT_OUTPUT = 4_000;

/**
 * Starts a program in a process group of its own, so that Ctrl-C reaches only this process, which then stops the programs
 * in the right order.
 */
export function startTied(options: TiedProcessOptions): TiedProcess {
  const { stopSignal = 'TERM', graceSeconds = 5 } = options;
  const guard = spawn(
    '/bin/sh',
    ['-c', GUARD, 'guard', stopSignal, String(graceSeconds), options.program, ...options.args],
    {
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(options.env ? { env: options.env } : {}),
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...options.user,
    },
  );
  guard.stdin.on('error', () => undefined); // the pipe breaks when the program ends first
  const lastOutput = collectOutput(guard, options);
  let ended = false;
  const exited = new Promise<number>((resolve, reject) => {
    guard.once('error', reject);
    guard.once('exit', (code) => {
      ended = true;
      resolve(code ?? 1);
    });
  });
  exited.catch(() => undefined); // whoever awaits it sees the failure; nobody has to
  const signal = (name: ProcessSignal): void => signalGroup(guard, name);
  const stop = async (): Promise<void> => {
    if (ended) return;
    guard.stdin.end();
    await Promise.race([exited.catch(() => undefined), delay((graceSeconds + 2) * 1000, undefined, { ref: false })]);
    if (!ended) signal('KILL');
    await exited.catch(() => undefined);
  };
  return { pid: guard.pid ?? -1, exited, hasExited: () => ended, signal, stop, lastOutput };
}

function signalGroup(guard: ChildProcess, name: ProcessSignal): void {
  if (guard.pid === undefined) return;
  // The guard forwards TERM and INT; what it could not pass on goes to the whole group.
  const isForwarded = name === 'TERM' || name === 'INT';
  try {
    process.kill(isForwarded ? guard.pid : -guard.pid, `SIG${name}`);
  } catch (error) {
    if (errorCode(error) !== 'ESRCH') throw error;
  }
}

function collectOutput(guard: ChildProcess, { logFile, onOutput }: TiedProcessOptions): () => string {
  const file = logFile ? createWriteStream(logFile, { flags: 'a', mode: 0o600 }) : undefined;
  let kept = '';
  for (const stream of [guard.stdout, guard.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      kept = (kept + text).slice(-KEPT_OUTPUT);
      file?.write(text);
      onOutput?.(text);
    });
  }
  if (file)
    void once(guard, 'close').then(
      () => file.end(),
      () => file.end(),
    );
  return () => kept;
}
