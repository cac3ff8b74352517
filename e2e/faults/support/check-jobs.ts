import type { Bench } from './bench.ts';
import type { DeploymentRow, EventHead } from './store-view.ts';

/** One verdict for each job that ended, as its last event; events numbered without a gap. */
export async function checkJobs(bench: Bench): Promise<string[]> {
  const rows = await bench.store.deployments();
  const events = Map.groupBy(await bench.store.eventHeads(), ({ deployment_id: id }) => id);
  return rows.flatMap((row) => checkJob(row, events.get(row.id) ?? []).map((text) => `job ${row.id}: ${text}`));
}

function checkJob(row: DeploymentRow, events: readonly EventHead[]): string[] {
  const violations: string[] = [];
  const gap = events.findIndex(({ sequence }, index) => sequence !== index + 1);
  if (gap >= 0) violations.push(`event ${events[gap]?.sequence} stands where ${gap + 1} should`);
  if (events.length !== row.last_sequence)
    violations.push(`${events.length} events, the row says ${row.last_sequence}`);
  const verdicts = events.filter(({ type }) => type === 'verdict');
  if (row.finished_at === null) {
    if (verdicts.length > 0) violations.push('a verdict although it has not ended');
    return violations;
  }
  if (verdicts.length !== 1) violations.push(`${verdicts.length} verdicts`);
  if (events.at(-1)?.type !== 'verdict') violations.push(`its last event is ${events.at(-1)?.type}`);
  if (verdicts[0]?.status !== row.status || row.verdict?.status !== row.status)
    violations.push(`verdict ${String(verdicts[0]?.status)} and status ${row.status}`);
  return violations;
}
