import { randomUUID } from 'node:crypto';
import type { Postgres } from '../postgres.ts';
import { Unsendable } from './outbox-message.ts';
import type { Claimed, OutboxTable } from './outbox-table.ts';

export interface RelayParts {
  readonly postgres: Pick<Postgres, 'transaction' | 'count'>;
  readonly table: OutboxTable;
  /** Resolves when whoever stores messages has it. @throws Unsendable when trying again is no use */
  readonly send: (message: Claimed) => Promise<void>;
  /** Told of each message that nobody could ever send. */
  readonly onSetAside: (message: Claimed, reason: string) => void;
}

export interface BatchResult {
  readonly sent: number;
  /** More may be waiting. */
  readonly isFull: boolean;
  /** Why some were not sent, where that is so. */
  readonly failure: unknown;
}

const BATCH = 100;
/** On their way at once. */
const PARALLEL = 16;
const CLAIM_SECONDS = 30;
/** Nothing is sent later than this after the claim: what was begun ends before somebody else may take it. */
const SEND_MS = 15_000;

/** Sends what is due: aggregates side by side, the messages of one after each other. */
export async function relayBatch({ postgres, table, send, onSetAside }: RelayParts): Promise<BatchResult> {
  const claim = randomUUID();
  const until = performance.now() + SEND_MS;
  const messages = await postgres.transaction((queries) => table.claim(queries, claim, CLAIM_SECONDS, BATCH));
  if (messages.length === 0) return { sent: 0, isFull: false, failure: undefined };
  const outcome = new Outcome();
  const queues = [...Map.groupBy(messages, ({ id, aggregate }) => aggregate ?? id).values()];
  const work = async (): Promise<void> => {
    for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) await sendQueue(queue);
  };
  const sendQueue = async (queue: readonly Claimed[]): Promise<void> => {
    for (const [index, message] of queue.entries()) {
      try {
        if (performance.now() > until) throw new Error('sending has taken too long');
        await send(message);
        outcome.sent.push(message.id);
      } catch (error) {
        if (error instanceof Unsendable) {
          outcome.setAside.push({ id: message.id, reason: error.message });
          onSetAside(message, error.message);
          continue;
        }
        outcome.failure = error;
        outcome.failed.push(...queue.slice(index).map(({ id }) => id));
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, queues.length) }, work));
  await postgres.count(table.settle(claim, outcome));
  return { sent: outcome.sent.length, isFull: messages.length === BATCH, failure: outcome.failure };
}

class Outcome {
  readonly sent: string[] = [];
  readonly failed: string[] = [];
  readonly setAside: { id: string; reason: string }[] = [];
  failure: unknown;
}
