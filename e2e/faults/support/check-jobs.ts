import type { Bench } from './bench.ts';
import type { DeploymentRow, EventHead } from './store-view.ts';

/** One verdict for each job that ended, followed only by what was found out after an unknown one; no gap in the numbers; nothing twice in the inventory. */
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
  const owned = (row.inventory ?? []).map(({ object: { kind, namespace, name } }) => `${kind}/${namespace}/${name}`);
  const doubled = owned.filter((each, index) => owned.indexOf(each) !== index);
  if (doubled.length > 0) violations.push(`twice in its inventory: ${doubled.join(', ')}`);
  if (row.finished_at === null) {
    if (events.some(({ type }) => type === 'verdict')) violations.push('a verdict although it has not ended');
    return violations;
  }
  return [...violations, ...checkEnd(row, events)];
}

function checkEnd(row: DeploymentRow, events: readonly EventHead[]): string[] {
  const violations: string[] = [];
  const verdicts = events.filter(({ type }) => type === 'verdict');
  const [last, before] = [events.at(-1), events.at(-2)];
  const isSettled = last?.type === 'settled' && before?.type === 'verdict' && before.status === 'unknown';
  if (verdicts.length !== 1) violations.push(`${verdicts.length} verdicts`);
  if (last?.type !== 'verdict' && !isSettled) violations.push(`its last event is ${last?.type}`);
  if (last?.status !== row.status || row.verdict?.status !== row.status)
    violations.push(`verdict ${String(last?.status)} and status ${row.status}`);
  return violations;
}
