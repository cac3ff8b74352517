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
  readonly failure: Error | undefined;
}

const BATCH = 100;
/** On their way at once. */
const PARALLEL = 16;
/** A relay that is gone keeps its messages for so long. One that only stood still may send one twice, under one id. */
const CLAIM_SECONDS = 4;
/** Nothing is begun later than this after the claim. */
const SEND_MS = 2_000;

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
      if (performance.now() > until) {
        outcome.left(queue.slice(index));
        return;
      }
      try {
        await send(message);
        outcome.sent.push(message.id);
      } catch (error) {
        if (error instanceof Unsendable) {
          outcome.setAside.push({ id: message.id, reason: error.message });
          onSetAside(message, error.message);
          continue;
        }
        outcome.failure ??= error instanceof Error ? error : new Error(String(error));
        outcome.left(queue.slice(index));
        return;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL, queues.length) }, work));
  await postgres.count(table.settle(claim, outcome));
  const isFull = messages.length === BATCH || (outcome.failed.length > 0 && outcome.failure === undefined);
  return { sent: outcome.sent.length, isFull, failure: outcome.failure };
}

class Outcome {
  readonly sent: string[] = [];
  readonly failed: string[] = [];
  readonly setAside: { id: string; reason: string }[] = [];
  failure: Error | undefined;

  /** Not sent this time. */
  left(messages: readonly Claimed[]): void {
    this.failed.push(...messages.map(({ id }) => id));
  }
}
