import { repositoryRoot } from '@ushadow/testing';
import { appendFile } from 'node:fs/promises';
import { seed } from './settings.ts';

export interface Schedule {
  /** Of the table in docs/reliability. */
  readonly row: number;
  readonly title: string;
}

export interface Outcome {
  /** How many faults were played. */
  readonly cases: number;
  /** What was violated, each with the case it was seen in. */
  readonly violations: readonly string[];
}

export interface RecordedSchedule extends Schedule, Outcome {
  readonly seed: number;
  readonly seconds: number;
}

/** Plays a schedule and adds what came of it to the table of this run; gives the violations. */
export async function recorded(schedule: Schedule, play: () => Promise<Outcome>): Promise<readonly string[]> {
  const startedAt = performance.now();
  const outcome = await play().catch((error: unknown) => ({
    cases: 0,
    violations: [textOf(error)],
  }));
  const seconds = (performance.now() - startedAt) / 1_000;
  const line: RecordedSchedule = { ...schedule, ...outcome, seed, seconds };
  const file = process.env['USHADOW_FAULTS_RESULTS'];
  if (file) await appendFile(file, `${JSON.stringify(line)}\n`);
  return outcome.violations.map((text) => `row ${schedule.row}, ${schedule.title}, seed ${seed}: ${text}`);
}

/** With places in the repository, wherever that is. */
function textOf(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replaceAll(`${repositoryRoot()}/`, '');
}
