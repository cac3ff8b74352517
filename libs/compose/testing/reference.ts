import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One way to load files, for ours and for docker-compose. */
export interface Run {
  readonly name: string;
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly profiles?: readonly string[];
  readonly envFiles?: readonly string[];
}

export type Outcome = { readonly project: unknown } | { readonly refused: string };

/** The docker-compose binary: named by DOCKER_COMPOSE_BIN, in USHADOW_TOOLS_BIN, or on the PATH. */
export function findReference(): string | undefined {
  const { DOCKER_COMPOSE_BIN, USHADOW_TOOLS_BIN, PATH = '' } = process.env;
  const directories = [USHADOW_TOOLS_BIN, ...PATH.split(':')].filter((directory) => directory);
  const candidates = [DOCKER_COMPOSE_BIN, ...directories.map((directory) => join(directory ?? '', 'docker-compose'))];
  return candidates.find((path) => path && existsSync(path));
}

/** `docker-compose config --format json` for one run. */
export function askReference(binary: string, run: Run): Promise<Outcome> {
  const args = [
    ...run.files.flatMap((file) => ['-f', file]),
    ...(run.profiles ?? []).flatMap((profile) => ['--profile', profile]),
    ...(run.envFiles ?? []).flatMap((file) => ['--env-file', file]),
    'config',
    '--format',
    'json',
  ];
  const options = { env: { ...run.environment }, cwd: '/', timeout: 20_000, maxBuffer: 64 * 1024 * 1024 };
  return new Promise((resolve) => {
    execFile(binary, args, options, (error, stdout, stderr) => {
      if (error) resolve({ refused: stderr.trim().split('\n').pop() ?? '' });
      else resolve({ project: JSON.parse(stdout) });
    });
  });
}
