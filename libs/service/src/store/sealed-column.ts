import { identifier, noSql, sql, type Queries, type Sql } from '@ushadow/postgres';
import type { Binding, EnvelopeStore, KeyUse, StoredEnvelope } from '@ushadow/secrets';
import type { AnyDatabase } from './service-database.ts';

export interface SealedColumnOptions {
  /** For people: `settings`. */
  readonly name: string;
  readonly table: string;
  /** Primary key; orders the rows. */
  readonly id: { readonly column: string; readonly type: 'text' | 'uuid' };
  /** Where the envelope is, and the key that wraps it. */
  readonly envelope: string;
  readonly keyId: string;
  /** What binds an envelope to its row. */
  readonly bindingOf: (id: string) => Binding;
}

/** The envelopes of one column, for the check at start and for the rotation of keys. */
export class SealedColumn implements EnvelopeStore {
  readonly name: string;
  private readonly queries: Queries;
  private readonly table: Sql;
  private readonly id: Sql;
  private readonly idType: Sql;
  private readonly envelope: Sql;
  private readonly keyId: Sql;
  private readonly bindingOf: (id: string) => Binding;

  constructor({ postgres, schema }: Pick<AnyDatabase, 'postgres' | 'schema'>, options: SealedColumnOptions) {
    this.name = options.name;
    this.queries = postgres;
    this.table = identifier(schema, options.table);
    this.id = identifier(options.id.column);
    this.idType = identifier(options.id.type);
    this.envelope = identifier(options.envelope);
    this.keyId = identifier(options.keyId);
    this.bindingOf = options.bindingOf;
  }

  async keysInUse(): Promise<readonly KeyUse[]> {
    return this.queries.rows<KeyUse>(sql`
      SELECT ${this.keyId} AS "keyId", count(*)::int AS count FROM ${this.table}
       WHERE ${this.envelope} IS NOT NULL GROUP BY 1 ORDER BY 1`);
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<readonly StoredEnvelope[]> {
    const start = after === undefined ? noSql : sql`AND ${this.id} > ${after}::${this.idType}`;
    const rows = await this.queries.rows<{ id: string; envelope: string }>(sql`
      SELECT ${this.id}::text AS id, ${this.envelope} AS envelope FROM ${this.table} AS kept
       WHERE ${this.keyId} = ${keyId} ${start} ORDER BY kept.${this.id} LIMIT ${limit}`);
    return rows.map(({ id, envelope }) => ({ id, binding: this.bindingOf(id), envelope }));
  }

  async replace({ id, envelope: before }: StoredEnvelope, envelope: string): Promise<boolean> {
    const count = await this.queries.count(sql`
      UPDATE ${this.table} SET ${this.envelope} = ${envelope}
       WHERE ${this.id} = ${id}::${this.idType} AND ${this.envelope} = ${before}`);
    return count === 1;
  }
}
