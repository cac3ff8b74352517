import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import { desiredBinding } from './desired-state.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

/** The objects of every deployment, or of every plan, for the rotation of keys. */
export class DesiredEnvelopes implements EnvelopeStore {
  readonly name: string;
  private readonly database: Database;
  private readonly table: Prisma.Sql;

  constructor(database: Database, table: 'deployments' | 'plans') {
    this.name = `objects of ${table}`;
    this.database = database;
    this.table = Prisma.raw(table);
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.database.$queryRaw<KeyUse[]>`
      SELECT desired_key_id AS "keyId", count(*)::int AS count FROM ${this.table} GROUP BY 1 ORDER BY 1`;
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const rows = await this.database.$queryRaw<{ id: string; desired: string }[]>`
      SELECT t.id::text AS id, t.desired FROM ${this.table} AS t
      WHERE t.desired_key_id = ${keyId} AND t.id > ${after ?? FIRST}::uuid ORDER BY t.id LIMIT ${limit}`;
    return rows.map(({ id, desired }) => ({ id, binding: desiredBinding(id), envelope: desired }));
  }

  async replace({ id, envelope }: StoredEnvelope, desired: string): Promise<boolean> {
    const count = await this.database.$executeRaw`
      UPDATE ${this.table} SET desired = ${desired} WHERE id = ${id}::uuid AND desired = ${envelope}`;
    return count === 1;
  }
}
