import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repositoryRoot } from '@ushadow/testing';
import { lineProgress } from '@ushadow/testing/servers';
import { runJest } from '../test/jest.ts';
import { readSummary } from '../test/summary.ts';
import { startTestServers } from '../test/test-servers.ts';
import { runNx } from '../workspace/run-nx.ts';
import { readOptions, type FaultOptions } from './options.ts';
import { recordText } from './record-text.ts';
import { resultTable, violationLines, type ScheduleResult } from './result-table.ts';

/** Far longer than the longest schedule takes. */
const TEST_MS = 3 * 3_600_000;
/** They wait most of the time, for leases to run out: more of them than processors. */
const SCHEDULES_AT_ONCE = 6;
/** More claims than the schedules of one seed make. */
const VOLUMES_EACH = 1_500;
const SEQUENCER = 'tools/faults/longest-first.mjs';

/** Plays the schedules that `args` choose and gives back the exit code. */
export async function runFaults(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  console.log(`seeds: ${options.seeds.join(', ')}`);
  const root = repositoryRoot();
  const scratch = await mkdtemp(join(tmpdir(), 'ushadow-faults-'));
  const commit = options.record ? currentCommit(root) : undefined;
  const startedAt = performance.now();
  try {
    const { results, failed } = await play(root, scratch, options);
    console.log(`\n${resultTable(results)}\n`);
    for (const line of violationLines(results)) console.log(line);
    if (commit !== undefined) {
      const minutes = (performance.now() - startedAt) / 60_000;
      const text = recordText(options, results, { commit, minutes, atOnce: SCHEDULES_AT_ONCE });
      await writeFile(join(root, recordOf(options.rows)), text);
    }
    const broken = results.reduce((count, { violations }) => count + violations.length, 0);
    console.log(
      `seeds ${options.seeds.join(', ')}: ${results.length} schedules, ${broken} violations, ${failed} failed tests`,
    );
    return broken + failed > 0 || results.length === 0 ? 1 : 0;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What is played; `-dirty` where it is not all committed. */
function currentCommit(root: string): string {
  return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
    cwd: root,
    encoding: 'utf8',
  }).trim();
}

/** A run of some rows does not take the place of one of all. */
function recordOf(rows: readonly number[]): string {
  const run = rows.length === 0 ? 'last-full-run' : `last-run-of-row-${rows.join('-')}`;
  return `docs/reliability/${run}.md`;
}

async function play(
  root: string,
  scratch: string,
  { seeds, rows }: FaultOptions,
): Promise<{ readonly results: readonly ScheduleResult[]; readonly failed: number }> {
  const context = { env: process.env, root, progress: lineProgress((line) => console.log(line)) };
  const [file, summary] = [join(scratch, 'results.jsonl'), join(scratch, 'summary.json')];
  await writeFile(file, '');
  const servers = await startTestServers(context, scratch, undefined, VOLUMES_EACH * seeds.length);
  try {
    await runNx(context, 'build');
    const args = [...patterns(rows), `--testTimeout=${TEST_MS}`, `--testSequencer=${join(root, SEQUENCER)}`];
    const env = {
      ...servers.env,
      USHADOW_TEST_KIND: 'faults',
      USHADOW_TEST_SUMMARY: summary,
      USHADOW_FAULTS_SEEDS: seeds.join(','),
      USHADOW_FAULTS_RESULTS: file,
    };
    await runJest(root, args, false, env, SCHEDULES_AT_ONCE);
  } finally {
    await servers.stop();
  }
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
  const results = lines.map((line) => JSON.parse(line) as ScheduleResult);
  return { results, failed: (await readSummary(summary)).failed };
}

/** Files are named after their row: `04-zombie.faults.ts`. */
function patterns(rows: readonly number[]): string[] {
  return rows.length === 0 ? [] : [`rows/(${rows.map((row) => String(row).padStart(2, '0')).join('|')})-`];
}
