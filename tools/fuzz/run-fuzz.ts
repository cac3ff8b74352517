import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { startTestServers } from '../test/test-servers.ts';
import { runNx } from '../workspace/run-nx.ts';

const TARGETS = ['uploads'];

/** Builds, starts the servers, and runs e2e/fuzz/TARGET.ts on them. Gives back the exit code. */
export async function runFuzz([target, ...args]: readonly string[]): Promise<number> {
  if (target === undefined || !TARGETS.includes(target)) {
    console.error(`npm run fuzz -- TARGET [--minutes N] [--seed N] [--record], where TARGET is: ${TARGETS.join(', ')}`);
    return 1;
  }
  const root = repositoryRoot();
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-fuzz-'));
  const context = { env: process.env, root, progress: lineProgress((line) => console.error(line)) };
  await runNx(context, 'build', ['@ushadow/compiler-service', '@ushadow/gateway']);
  const servers = await startTestServers(context, scratch, ['postgres', 'nats']);
  try {
    const file = join(root, 'e2e', 'fuzz', `${target}.ts`);
    const child = spawn(process.execPath, ['--conditions=@ushadow/source', '--no-warnings', file, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...servers.env },
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
