import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tools } from './fixture-files.ts';

const modules = resolve(dirname(fileURLToPath(import.meta.url)), '../../node_modules');

export interface Share {
  readonly ok: number;
  readonly n: number;
  readonly percent: number | null;
}

export interface ScoreFailure {
  readonly fact: string;
  readonly file: string;
  readonly service?: string;
  readonly expected: string;
  readonly got: string;
}

export interface ScoreResult {
  readonly totals: Readonly<Record<string, Share & { readonly found: Share }>>;
  readonly perFile: readonly {
    readonly file: string;
    readonly truth: string;
    readonly reason?: string;
    readonly objects: number;
    readonly message: string;
  }[];
  readonly failures: readonly ScoreFailure[];
}

/** Where docker-compose, kubectl and kompose are: USHADOW_TOOLS_BIN first, then PATH. */
export function programPath(): string {
  return [process.env.USHADOW_TOOLS_BIN, process.env.PATH].filter(Boolean).join(delimiter);
}

export function hasProgram(name: string): boolean {
  return programPath()
    .split(delimiter)
    .some((folder) => existsSync(join(folder, name)));
}

/** Runs the scorer over the files; `folder` keeps the list and the result. */
export function runScorer(
  files: readonly string[],
  converter: string,
  folder: string,
  kubeconfig?: string,
): Promise<ScoreResult> {
  const list = join(folder, 'files.txt');
  const out = join(folder, 'score.json');
  writeFileSync(list, files.join('\n'));
  const args = [
    join(tools, 'score.mjs'),
    '--list',
    list,
    '--out',
    out,
    '--converter',
    converter,
    '--jobs',
    '2',
    '--show',
    '0',
  ];
  const env = { ...process.env, PATH: programPath(), SCORE_MODULES: modules };
  return new Promise((done, failed) => {
    execFile(
      process.execPath,
      [...args, ...(kubeconfig ? ['--kubeconfig', kubeconfig] : [])],
      { env, maxBuffer: 64 << 20 },
      (error, _, errors) => {
        if (error) failed(new Error(errors || error.message));
        else done(JSON.parse(readFileSync(out, 'utf8')) as ScoreResult);
      },
    );
  });
}
