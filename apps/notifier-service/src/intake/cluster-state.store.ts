import { Injectable } from '@nestjs/common';
import { sql } from '@ushadow/postgres';
import { DeliveryQueue, type Told } from '../deliveries/delivery-queue.store.ts';
import { Database } from '../store/database.store.ts';

/** What was last told of a cluster. */
export interface ClusterState {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly statusSince: Date;
  /** `expired 2026-01-02T…`: the end of the credential that people were last told of. */
  readonly expiryTold: string | null;
}

@Injectable()
export class ClusterStateStore {
  constructor(
    private readonly database: Database,
    private readonly queue: DeliveryQueue,
  ) {}

  async nameOf(id: string): Promise<string | undefined> {
    const rows = await this.database.postgres.rows<{ name: string }>(
      sql`SELECT name FROM notifications.cluster_states WHERE cluster_id = ${id}`,
    );
    return rows[0]?.name;
  }

  /**
   * Compares what was told with what is, and writes both what is to be told and that it was, in one transaction; several
   * processes do not do it at once. Gives how many deliveries there are to make.
   */
  async compare(
    judge: (known: ReadonlyMap<string, ClusterState>) => {
      readonly states: readonly ClusterState[];
      readonly told: readonly Told[];
    },
  ): Promise<number> {
    return this.database.postgres.transaction(async (queries) => {
      await queries.count(sql`LOCK TABLE notifications.cluster_states IN SHARE ROW EXCLUSIVE MODE`);
      const rows = await queries.rows<ClusterState>(sql`
        SELECT cluster_id AS id, name, status, status_since AS "statusSince", expiry_told AS "expiryTold"
          FROM notifications.cluster_states`);
      const { states, told } = judge(new Map(rows.map((row) => [row.id, row])));
      await queries.count(sql`
        DELETE FROM notifications.cluster_states WHERE NOT cluster_id = ANY (${states.map(({ id }) => id)}::text[])`);
      for (const { id, name, status, statusSince, expiryTold } of states)
        await queries.count(sql`
          INSERT INTO notifications.cluster_states (cluster_id, name, status, status_since, expiry_told)
          VALUES (${id}, ${name}, ${status}, ${statusSince}::timestamptz, ${expiryTold})
          ON CONFLICT (cluster_id) DO UPDATE
            SET name = excluded.name, status = excluded.status, status_since = excluded.status_since,
                expiry_told = excluded.expiry_told
            WHERE (cluster_states.name, cluster_states.status, cluster_states.status_since, cluster_states.expiry_told)
                  IS DISTINCT FROM (excluded.name, excluded.status, excluded.status_since, excluded.expiry_told)`);
      return this.queue.add(told, queries);
    });
  }
}
