import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadProject } from '../src/load-project.ts';
import type { LoadResult } from '../src/load-input.ts';
import { diskFiles } from './disk-files.ts';
import { fixtures, fixturesMissing } from './fixtures.ts';
import { differences, normaliseOurs, normaliseReference } from './normalise.ts';
import { askReference, findReference } from './reference.ts';
import type { Outcome, Run } from './reference.ts';
import { allRuns, ownRuns } from './runs.ts';

const reference = findReference();
const missing =
  fixturesMissing ?? (reference ? undefined : 'docker-compose is not there (USHADOW_TOOLS_BIN or DOCKER_COMPOSE_BIN)');

/**
 * Reviewed exceptions: run and reason. None among the files of the corpus. Left out of our own cases, because the
 * reference fails on them: `build.ssh` with a path (its JSON is invalid), `pid: null` (it crashes), an env file that
 * ends in a bare name without a line feed (it makes a variable without a name).
 */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map();

function ours({ files, environment, profiles, envFiles }: Run): LoadResult {
  return loadProject({
    files,
    port: diskFiles,
    environment,
    ...(profiles ? { profiles } : {}),
    ...(envFiles ? { envFiles } : {}),
  });
}

function compare(run: Run, theirs: Outcome): readonly string[] {
  const loaded = ours(run);
  const errors = loaded.diagnostics.filter(({ severity }) => severity === 'error');
  if ('refused' in theirs) {
    if (loaded.ok) return [`${run.name}: the reference refuses: ${theirs.refused}`];
    return errors.some(({ position }) => position) ? [] : [`${run.name}: refused without a position`];
  }
  if (!loaded.ok || !loaded.project)
    return [`${run.name}: ours refuses: ${errors.map(({ message }) => message).join(' ')}`];
  const found = differences(normaliseOurs(loaded.project), normaliseReference(theirs.project));
  return found.map((difference) => `${run.name}${difference}`);
}

async function inParallel(runs: readonly Run[], binary: string): Promise<ReadonlyMap<Run, Outcome>> {
  const outcomes = new Map<Run, Outcome>();
  const queue = [...runs];
  const worker = async (): Promise<void> => {
    for (let run = queue.pop(); run; run = queue.pop()) outcomes.set(run, await askReference(binary, run));
  };
  await Promise.all([worker(), worker(), worker()]);
  return outcomes;
}

async function differing(runs: readonly Run[]): Promise<readonly string[]> {
  const outcomes = await inParallel(runs, reference ?? '');
  return runs
    .filter(({ name }) => !EXCEPTIONS.has(name))
    .flatMap((run) => compare(run, outcomes.get(run) ?? { refused: 'not run' }));
}

describe(missing ? `docker-compose config (skipped: ${missing})` : 'docker-compose config', () => {
  (missing ? it.skip : it)(
    'gives the same project, and refuses the same files, for the whole corpus',
    async () => {
      const runs = allRuns(fixtures);
      expect(await differing(runs)).toEqual([]);
      expect(runs.length).toBeGreaterThan(500);
    },
    600_000,
  );

  (reference ? it : it.skip)(
    'agrees on every point of our own cases',
    async () => {
      const directory = mkdtempSync(join(tmpdir(), 'compose-cases-'));
      try {
        expect(await differing(ownRuns(directory))).toEqual([]);
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
    600_000,
  );
});
