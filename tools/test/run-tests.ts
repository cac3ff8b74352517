import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import type { ServerContext } from '@ushadow/testing/servers';
import { runNx } from '../workspace/run-nx.ts';
import { listTests, runJest } from './jest.ts';
import { closingLine, NOTHING_RAN, readSummary } from './summary.ts';
import type { Summary } from './summary.ts';
import { startTestServers } from './test-servers.ts';
import type { TestServers } from './test-servers.ts';

/** Runs the tests that `args` choose and gives back the exit code. The last line it prints is the closing line. */
export async function runTests(args: readonly string[]): Promise<number> {
  const unitOnly = args.includes('--unit');
  const jestArgs = args.filter((each) => each !== '--unit');
  const root = repositoryRoot();
  const context = { env: process.env, root, progress: lineProgress((line) => console.log(line)) };
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-test-'));
  let summary: Summary = NOTHING_RAN;
  try {
    summary = await prepareAndRun(context, scratch, jestArgs, unitOnly);
  } catch (error) {
    console.error(`✗ ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  console.log(closingLine(summary));
  return summary.failed > 0 ? 1 : 0;
}

async function prepareAndRun(
  context: ServerContext,
  scratch: string,
  jestArgs: readonly string[],
  unitOnly: boolean,
): Promise<Summary> {
  const { root } = context;
  const files = await listTests(root, jestArgs, unitOnly);
  const integration = files.filter((file) => file.endsWith('.e2e.ts'));
  const ofServices = files.filter(
    (file) => !file.startsWith(join(root, 'libs')) && !file.startsWith(join(root, 'tools')),
  );
  if (ofServices.length > 0) await runNx(context, 'generate');
  let servers: TestServers | undefined;
  try {
    if (integration.length > 0) servers = await startTestServers(context, scratch);
    // Whole services run from their builds; a lib's own tests run from sources.
    if (integration.some((file) => ofServices.includes(file))) await runNx(context, 'build');
    const summaryFile = join(scratch, 'summary.json');
    await runJest(root, jestArgs, unitOnly, { ...servers?.env, USHADOW_TEST_SUMMARY: summaryFile });
    return await readSummary(summaryFile);
  } finally {
    await servers?.stop();
  }
}
