import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { findProgram, lineProgress } from '@ushadow/testing/servers';
import type { ServerContext } from '@ushadow/testing/servers';
import { startTestServers } from '../test/test-servers.ts';
import type { ServerName } from '../test/test-servers.ts';

type Case = { readonly name: string; readonly summary: string; readonly needs: readonly ServerName[] };

/** Runs one case, or lists them when none is named. Gives back the exit code. */
export async function runBench([name, ...args]: readonly string[]): Promise<number> {
  const root = repositoryRoot();
  const cases = await readCases(join(root, 'bench'));
  const chosen = cases.find((each) => each.name === name);
  if (chosen) return runCase(root, chosen, args);
  if (name) console.error(`There is no bench "${name}".`);
  console.log('npm run bench -- NAME, where NAME is one of:');
  for (const each of cases) console.log(`  ${each.name.padEnd(24)} ${each.summary}`);
  return name ? 1 : 0;
}

/** Reads what each file says of itself without running it: its first comment line and `export const needs = […]`. */
async function readCases(folder: string): Promise<readonly Case[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs')).sort();
  return Promise.all(
    files.map(async (file) => describeCase(file.slice(0, -'.mjs'.length), await readFile(join(folder, file), 'utf8'))),
  );
}

export function describeCase(name: string, text: string): Case {
  const summary = /^\s*(?:\/\*\*?|\/\/|\*)\s*(\S.*?)\s*(?:\*\/)?$/m.exec(text)?.[1] ?? '';
  const list = /^export const needs = \[([^\]]*)\]/m.exec(text)?.[1] ?? '';
  const needs = [...list.matchAll(/['"](\w+)['"]/g)].map(([, need = '']) => {
    if (need === 'cluster' || need === 'nats' || need === 'postgres') return need;
    throw new Error(`bench ${name} needs "${need}"; there are cluster, nats and postgres`);
  });
  return { name, summary, needs };
}

async function runCase(root: string, { name, needs }: Case, args: readonly string[]): Promise<number> {
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-bench-'));
  const context = { env: process.env, root, progress: lineProgress((line) => console.error(line)) };
  const servers = await startTestServers(context, scratch, needs);
  try {
    const file = join(root, 'bench', `${name}.mjs`);
    const child = spawn(process.execPath, ['--conditions=@ushadow/source', '--expose-gc', file, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...servers.env, PATH: await searchPath(context, needs) },
    });
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => resolve(code ?? 1));
    });
  } finally {
    await servers.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

/** A case that needs a cluster may want kubectl beside it, which is where the cluster's programs are. */
async function searchPath(context: ServerContext, needs: readonly ServerName[]): Promise<string> {
  const path = context.env['PATH'] ?? '';
  return needs.includes('cluster') ? `${dirname(await findProgram('kubectl', context))}${delimiter}${path}` : path;
}
