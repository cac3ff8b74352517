import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import type { ServerContext } from '@ushadow/testing/servers';
import { runNx } from '../workspace/run-nx.ts';
import { listTests, runJest } from './jest.ts';
import { closingLine, NOTHING_RAN, readSummary } from './summary.ts';
import type { Summary } from './summary.ts';
import { startTestServers } from './test-servers.ts';
import type { TestServers } from './test-servers.ts';

/** A file of tests takes two minutes at most. */
const QUIET_SECONDS = 600;

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
  const needs = neededBy(root, await listTests(root, jestArgs, unitOnly));
  let servers: TestServers | undefined;
  try {
    if (needs.servers) servers = await startTestServers(context, scratch);
    const broken = needs.nxTarget ? await failureOf(runNx(context, needs.nxTarget)) : undefined;
    const summaryFile = join(scratch, 'summary.json');
    const own = { USHADOW_TEST_SUMMARY: summaryFile, USHADOW_TEST_QUIET_SECONDS: String(QUIET_SECONDS) };
    await runJest(root, jestArgs, unitOnly, { ...servers?.env, ...own });
    const summary = await readSummary(summaryFile);
    // Tests of what did build still tell something; the build that failed counts as one more failure.
    return broken ? { ...summary, failed: summary.failed + 1 } : summary;
  } finally {
    await servers?.stop();
  }
}

type Needs = { readonly servers: boolean; readonly nxTarget: 'build' | 'generate' | undefined };

/** Whole services run from their builds; the tests of a lib or a tool run from sources. */
function neededBy(root: string, files: readonly string[]): Needs {
  const fromSources = ['libs', 'tools'].map((folder) => join(root, folder) + sep);
  const ofServices = files.filter((file) => !fromSources.some((folder) => file.startsWith(folder)));
  const onServers = (file: string): boolean => file.endsWith('.e2e.ts');
  const target = ofServices.some(onServers) ? 'build' : 'generate';
  return { servers: files.some(onServers), nxTarget: ofServices.length > 0 ? target : undefined };
}

async function failureOf(work: Promise<void>): Promise<Error | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    console.error(`✗ ${failure.message}`);
    return failure;
  }
}
