import type { EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import { contentBinding, updateBinding } from './desired-state.ts';

const FIRST = '00000000-0000-0000-0000-000000000000';

const BINDINGS = { desired: updateBinding, content: contentBinding } as const;

/** What is sealed in a column of deployments or of plans, for the rotation of keys. */
export class SealedColumn implements EnvelopeStore {
  readonly name: string;
  private readonly database: Database;
  private readonly table: Prisma.Sql;
  private readonly column: Prisma.Sql;
  private readonly keyId: Prisma.Sql;
  private readonly bindingOf: (id: string) => StoredEnvelope['binding'];

  constructor(database: Database, table: 'deployments' | 'plans', column: keyof typeof BINDINGS) {
    this.name = `${column} of ${table}`;
    this.database = database;
    this.table = Prisma.raw(table);
    this.column = Prisma.raw(column);
    this.keyId = Prisma.raw(`${column}_key_id`);
    this.bindingOf = BINDINGS[column];
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.database.prisma.$queryRaw<KeyUse[]>`
      SELECT ${this.keyId} AS "keyId", count(*)::int AS count FROM ${this.table}
       WHERE ${this.column} IS NOT NULL GROUP BY 1 ORDER BY 1`;
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const rows = await this.database.prisma.$queryRaw<{ id: string; envelope: string }[]>`
      SELECT t.id::text AS id, t.${this.column} AS envelope FROM ${this.table} AS t
       WHERE t.${this.keyId} = ${keyId} AND t.id > ${after ?? FIRST}::uuid ORDER BY t.id LIMIT ${limit}`;
    return rows.map(({ id, envelope }) => ({ id, binding: this.bindingOf(id), envelope }));
  }

  async replace({ id, envelope }: StoredEnvelope, sealed: string): Promise<boolean> {
    const count = await this.database.prisma.$executeRaw`
      UPDATE ${this.table} SET ${this.column} = ${sealed} WHERE id = ${id}::uuid AND ${this.column} = ${envelope}`;
    return count === 1;
  }
}
