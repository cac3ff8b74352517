import { repositoryRoot } from '@ushadow/testing';
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** A project's folder on this machine; its name is the project's. */
export interface Folder {
  readonly path: string;
  readonly write: (file: string, text: string | Buffer) => Promise<void>;
  readonly delete: () => Promise<void>;
}

export async function makeFolder(name: string, files: Readonly<Record<string, string | Buffer>>): Promise<Folder> {
  const base = await mkdtemp(join(tmpdir(), 'ushadow-cli-'));
  const path = join(base, name);
  const write = async (file: string, text: string | Buffer): Promise<void> => {
    await mkdir(dirname(join(path, file)), { recursive: true });
    await writeFile(join(path, file), text);
  };
  for (const [file, text] of Object.entries(files)) await write(file, text);
  return { path, write, delete: () => rm(base, { recursive: true }) };
}

/** Runs the built `ushadow` in a pipe, with nobody to be asked. */
export function runShell(
  args: readonly string[],
  { gatewayUrl, cwd, env = {} }: { gatewayUrl: string; cwd: string; env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const program = join(repositoryRoot(), 'apps/cli/bin/ushadow.js');
  const environment = { PATH: process.env['PATH'], USHADOW_API: gatewayUrl, ...env };
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, error] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, out, error });
    });
  });
}
