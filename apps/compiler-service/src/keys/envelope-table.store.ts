import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import { bindingOf, type SealedColumn } from './sealed-column.ts';

interface Row {
  readonly id: string;
  readonly envelope: string;
}

/** The envelopes of one table, for the check at start and for rotation. */
export class EnvelopeTableStore implements EnvelopeStore {
  readonly name: string;
  private readonly database: Database;
  private readonly column: SealedColumn;
  private readonly table: Prisma.Sql;
  private readonly id: Prisma.Sql;
  private readonly idType: Prisma.Sql;

  constructor(database: Database, column: SealedColumn) {
    this.name = column.name;
    this.database = database;
    this.column = column;
    // Constants of ours, no input.
    this.table = Prisma.raw(column.table);
    this.id = Prisma.raw(column.idColumn);
    this.idType = Prisma.raw(column.idType);
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.database.$queryRaw<KeyUse[]>`
      SELECT key_id AS "keyId", count(*)::int AS count FROM ${this.table}
       WHERE envelope IS NOT NULL GROUP BY key_id ORDER BY key_id`;
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const start = after === undefined ? Prisma.empty : Prisma.sql`AND ${this.id} > ${after}::${this.idType}`;
    const rows = await this.database.$queryRaw<Row[]>`
      SELECT ${this.id}::text AS id, envelope FROM ${this.table}
       WHERE key_id = ${keyId} ${start} ORDER BY ${this.id} LIMIT ${limit}`;
    return rows.map(({ id, envelope }) => ({ id, binding: bindingOf(this.column, id), envelope }));
  }

  async replace({ id, envelope: before }: StoredEnvelope, envelope: string): Promise<boolean> {
    const count = await this.database.$executeRaw`
      UPDATE ${this.table} SET envelope = ${envelope} WHERE ${this.id} = ${id}::${this.idType} AND envelope = ${before}`;
    return count === 1;
  }
}
