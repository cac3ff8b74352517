import { repositoryRoot } from '@ushadow/testing';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const LIMIT_MS = 30_000;
const LOOK_MS = 50;

export interface ShellEnd {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** The built `ushadow` as a process of its own, in a pipe or, with `tty`, at a terminal that `script` makes. */
export class ShellProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<ShellEnd>;
  readonly #out: Buffer[] = [];
  error = '';

  constructor(gatewayUrl: string, args: readonly string[], { tty = false, cwd = '/' } = {}) {
    const program = join(repositoryRoot(), 'apps/cli/bin/ushadow.js');
    const command = [process.execPath, program, ...args];
    const env = { PATH: process.env['PATH'], HOME: '/tmp', TERM: 'xterm', USHADOW_API: gatewayUrl };
    this.child = tty
      ? spawn('script', ['-qefc', command.map(quoted).join(' '), '/dev/null'], { cwd, env })
      : spawn(command[0] ?? '', command.slice(1), { cwd, env });
    this.child.stdout?.on('data', (bytes: Buffer) => this.#out.push(bytes));
    this.child.stderr?.on('data', (bytes: Buffer) => (this.error += bytes.toString()));
    this.child.stdin?.on('error', () => undefined);
    this.ended = once(this.child, 'close').then(([code]) => ({
      code: code as number | null,
      out: this.out,
      error: this.error,
    }));
  }

  get bytes(): Buffer {
    return Buffer.concat(this.#out);
  }

  get out(): string {
    return this.bytes.toString();
  }

  type(text: string | Buffer): void {
    this.child.stdin?.write(text);
  }

  /** With nothing more to type. */
  finish(): Promise<ShellEnd> {
    this.child.stdin?.end();
    return this.ended;
  }

  /** Until it has printed that. @throws Error with what it has printed instead */
  async sees(text: RegExp): Promise<string> {
    for (const until = Date.now() + LIMIT_MS; ; await delay(LOOK_MS)) {
      const found = text.exec(this.out);
      if (found !== null) return found[1] ?? found[0];
      if (Date.now() > until || this.child.exitCode !== null)
        throw new Error(`no ${String(text)} in: ${this.out}\n${this.error}`);
    }
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
