import type { Bench } from './bench.ts';
import type { DeploymentRow } from './store-view.ts';

/** One verdict for each job that ended, as its last event; events numbered without a gap. */
export async function checkJobs(bench: Bench): Promise<string[]> {
  const rows = await bench.store.deployments();
  const found = await Promise.all(rows.map((row) => checkJob(bench, row)));
  return found.flat();
}

async function checkJob(bench: Bench, row: DeploymentRow): Promise<string[]> {
  const violations: string[] = [];
  const say = (text: string): void => void violations.push(`job ${row.id}: ${text}`);
  const events = await bench.store.events(row.id);
  const gap = events.findIndex(({ sequence }, index) => sequence !== index + 1);
  if (gap >= 0) say(`event ${events[gap]?.sequence} stands where ${gap + 1} should`);
  if (events.length !== row.last_sequence) say(`${events.length} events, the row says ${row.last_sequence}`);
  const verdicts = events.filter(({ type }) => type === 'verdict');
  if (row.finished_at === null) {
    if (verdicts.length > 0) say('a verdict although it has not ended');
    return violations;
  }
  if (verdicts.length !== 1) say(`${verdicts.length} verdicts`);
  if (events.at(-1)?.type !== 'verdict') say(`its last event is ${events.at(-1)?.type}`);
  if (verdicts[0]?.data['status'] !== row.status || row.verdict?.status !== row.status)
    say(`verdict ${String(verdicts[0]?.data['status'])} and status ${row.status}`);
  return violations;
}
