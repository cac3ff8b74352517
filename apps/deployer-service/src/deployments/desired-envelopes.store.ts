import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import { desiredBinding } from './desired-state.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The sealed objects of one table, which has `id`, `desired` and `desired_key_id`, for the rotation of keys. */
export class DesiredEnvelopes implements EnvelopeStore {
  readonly name: string;
  private readonly database: Database;
  private readonly table: Prisma.Sql;

  constructor(database: Database, table: Prisma.Sql, name: string) {
    this.database = database;
    this.table = table;
    this.name = name;
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.database.$queryRaw<KeyUse[]>`
      SELECT desired_key_id AS "keyId", count(*)::int AS count FROM ${this.table} GROUP BY 1 ORDER BY 1`;
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const rows = await this.database.$queryRaw<{ key: string; desired: string }[]>`
      SELECT id::text AS key, desired FROM ${this.table}
      WHERE desired_key_id = ${keyId} AND id > ${after ?? FIRST}::uuid ORDER BY id LIMIT ${limit}`;
    return rows.map(({ key, desired }) => ({ id: key, binding: desiredBinding(key), envelope: desired }));
  }

  async replace({ id, envelope }: StoredEnvelope, desired: string): Promise<boolean> {
    const count = await this.database.$executeRaw`
      UPDATE ${this.table} SET desired = ${desired} WHERE id = ${id}::uuid AND desired = ${envelope}`;
    return count > 0;
  }
}
