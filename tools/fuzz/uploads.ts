import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { startTestServers } from '../test/test-servers.ts';
import { runNx } from '../workspace/run-nx.ts';

/** Hands hostile uploads to a real compiler service: builds, starts the servers, and runs e2e/fuzz/uploads.ts on them. */
export async function fuzz(args: readonly string[], say: (line: string) => void): Promise<number> {
  const root = repositoryRoot();
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-fuzz-'));
  const context = { env: process.env, root, progress: lineProgress(say) };
  await runNx(context, 'build', ['@ushadow/compiler-service', '@ushadow/gateway']);
  const servers = await startTestServers(context, scratch, ['postgres', 'nats']);
  try {
    const file = join(root, 'e2e', 'fuzz', 'uploads.ts');
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
