import { streams } from '@ushadow/contracts';
import type { Bench } from './bench.ts';
import { until } from './until.ts';

const SENT_MS = 15_000;

/** Every request and every verdict has one audit entry, and what was stored has been sent. */
export async function checkAudit(bench: Bench, isStreamLost: boolean): Promise<string[]> {
  const rows = await bench.store.deployments();
  const unsent = async (): Promise<true | undefined> =>
    (await bench.store.outbox()).every(({ sent_at: sent }) => sent !== null) ? true : undefined;
  await until('an empty outbox', unsent, SENT_MS);
  const entries = (await bench.store.outbox()).filter(({ kind }) => kind === 'audit');
  const violations = rows.flatMap(({ id, finished_at: finished }) => {
    const own = entries.filter(({ payload }) => payload.deployment_id === id).map(({ payload }) => payload.action);
    const expected = ['deployment.requested', ...(finished === null ? [] : ['deployment.finished'])];
    return [...own].sort().join() === expected.sort().join() ? [] : [`audit: ${id} has ${own.join(', ') || 'nothing'}`];
  });
  if (isStreamLost) return violations;
  const sent = new Set((await messages(bench, streams.audit.name)).map(({ id }) => id));
  const lost = entries.filter(({ id }) => !sent.has(id));
  return [...violations, ...lost.map(({ id }) => `audit: ${id} is not in the stream`)];
}

export interface StoredMessage {
  readonly id: string;
  readonly text: string;
}

/** What a JetStream stream holds; nothing when there is no such stream. */
export async function messages(bench: Bench, stream: string): Promise<StoredMessage[]> {
  const manager = await bench.bus.jetStreamManager();
  const info = await manager.streams.info(stream).catch(() => undefined);
  if (info === undefined || info.state.messages === 0) return [];
  const found: StoredMessage[] = [];
  for (let seq = info.state.first_seq; seq <= info.state.last_seq; seq++) {
    const message = await manager.streams.getMessage(stream, { seq }).catch(() => undefined);
    if (message == null) continue; // taken from the work queue meanwhile
    const headers = message.header.keys().map((key) => `${key}: ${message.header.get(key)}`);
    const { subject, data } = message;
    const text = [subject, ...headers, Buffer.from(data).toString('utf8')].join('\n');
    found.push({ id: (message.json() as { audit_id?: string }).audit_id ?? '', text });
  }
  return found;
}
