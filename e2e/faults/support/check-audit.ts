import { streams } from '@ushadow/contracts';
import type { Bench } from './bench.ts';
import type { DeploymentRow } from './store-view.ts';
import { until } from './until.ts';

const SENT_MS = 15_000;

/** One entry for each request, request to end early, verdict, and settling of an unknown one; what was stored has been sent. */
export async function checkAudit(bench: Bench, isStreamLost: boolean): Promise<string[]> {
  const rows = await bench.store.deployments();
  const unsent = async (): Promise<true | undefined> =>
    (await bench.store.outbox()).every(({ sent_at: sent }) => sent !== null) ? true : undefined;
  await until('an empty outbox', unsent, SENT_MS);
  const entries = (await bench.store.outbox()).filter(({ kind }) => kind === 'audit');
  const heads = await bench.store.eventHeads();
  const settled = new Set(heads.filter(({ type }) => type === 'settled').map(({ deployment_id: id }) => id));
  const violations = rows.flatMap((row) => {
    const own = entries.filter(({ payload }) => payload.deployment_id === row.id).map(({ payload }) => payload.action);
    return [...own].sort().join() === expectedOf(row, settled.has(row.id)).sort().join()
      ? []
      : [`audit: ${row.id} has ${own.join(', ') || 'nothing'}`];
  });
  if (isStreamLost) return violations;
  const sent = new Set((await bench.archive.read(streams.audit.name)).map(({ auditId }) => auditId));
  const lost = entries.filter(({ id }) => !sent.has(id));
  return [...violations, ...lost.map(({ id }) => `audit: ${id} is not in the stream`)];
}

function expectedOf({ ending, finished_at: finished }: DeploymentRow, isSettled: boolean): string[] {
  return [
    'deployment.requested',
    ...(ending === null ? [] : [`deployment.${ending.request}-requested`]),
    ...(finished === null ? [] : ['deployment.finished']),
    ...(isSettled ? ['deployment.settled'] : []),
  ];
}
