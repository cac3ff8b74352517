import type { ProgressEventData } from '@ushadow/contracts';
import type { InventoryEntry } from '@ushadow/deploy-engine';
import type { Verdict } from '../deployments/deployment.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { Database } from '../store/database.store.ts';

/** A deployment of which nobody knows how it ended. */
export interface Unsettled {
  readonly id: string;
  readonly clusterId: string;
  readonly namespace: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly actor: string;
  readonly requestId: string;
  readonly deadlineSeconds: number;
  readonly desiredDigest: string;
  /** Envelope-encrypted. */
  readonly desired: string;
}

export interface Settlement {
  readonly verdict: Verdict;
  readonly message: string;
  readonly inventory: readonly InventoryEntry[];
  readonly messages: readonly OutboxMessage[];
}

/** After this long nobody asks any more, and the state of the cluster says little about that deployment. */
const KEPT_DAYS = 7;

export class SettleStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Those that nothing newer has replaced in their place. */
  async unsettled(limit: number): Promise<Unsettled[]> {
    return this.database.$queryRaw<Unsettled[]>`
      SELECT id, cluster_id AS "clusterId", namespace, service_id AS "serviceId", service_name AS "serviceName", actor,
             request_id AS "requestId", deadline_seconds AS "deadlineSeconds", desired_digest AS "desiredDigest", desired
        FROM deployments.deployments AS mine
       WHERE status = 'unknown' AND finished_at > now() - make_interval(days => ${KEPT_DAYS}::int)
         AND NOT EXISTS (
               SELECT FROM deployments.deployments AS newer
                WHERE newer.cluster_id = mine.cluster_id AND newer.namespace = mine.namespace
                  AND newer.service_name = mine.service_name AND newer.created_at > mine.created_at)
       ORDER BY finished_at LIMIT ${limit}`;
  }

  /** Stores what has come out, once; undefined when somebody else has done so already. */
  async settle(id: string, settlement: Settlement): Promise<ProgressEventData | undefined> {
    const { verdict, message, inventory, messages } = settlement;
    const data = JSON.stringify(verdict);
    return this.database.$transaction(async (transaction) => {
      const rows = await transaction.$queryRaw<{ sequence: number; attempt: number; time: Date }[]>`
        WITH held AS (
          UPDATE deployments.deployments
             SET status = ${verdict.status}, verdict = ${data}::jsonb, inventory = ${JSON.stringify(inventory)}::jsonb,
                 last_sequence = last_sequence + 1
           WHERE id = ${id}::uuid AND status = 'unknown'
          RETURNING last_sequence, attempt)
        INSERT INTO deployments.progress_events (deployment_id, sequence, attempt, time, type, message, data)
        SELECT ${id}::uuid, held.last_sequence, held.attempt, clock_timestamp(), 'settled', ${message}, ${data}::jsonb
          FROM held RETURNING sequence, attempt, time`;
      const [row] = rows;
      if (row === undefined) return undefined;
      await addToOutbox(transaction, messages);
      const { sequence, attempt, time } = row;
      const event = { deployment_id: id, sequence, attempt, time: time.toISOString() };
      return { ...event, type: 'settled', message, data: { ...verdict } };
    });
  }
}
