import { Injectable } from '@nestjs/common';
import { OutboxRelay, OutboxTable, type OutboxRelayParts, type Queries, type SetAside } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';
import type { OutboxMessage } from './outbox-message.ts';

export const outboxTable = new OutboxTable('deployments');

/** Adds messages inside the caller's transaction. */
export async function addToOutbox(queries: Queries, messages: readonly OutboxMessage[]): Promise<void> {
  await outboxTable.add(queries, messages);
}

/** Sends what the table holds, until it is stopped. */
export function relayOf({ postgres }: Database, parts: Omit<OutboxRelayParts, 'postgres' | 'table'>): OutboxRelay {
  return new OutboxRelay({ ...parts, postgres, table: outboxTable });
}

@Injectable()
export class OutboxStore {
  constructor(private readonly database: Database) {}

  /** What nobody could send, the newest first. */
  async setAside(limit: number): Promise<SetAside[]> {
    return this.database.postgres.rows<SetAside>(outboxTable.setAside(limit));
  }
}
