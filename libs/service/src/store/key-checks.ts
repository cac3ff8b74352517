import { identifier, sql, type Queries, type Sql } from '@ushadow/postgres';
import type { KeyCheckStore } from '@ushadow/secrets';
import type { AnyDatabase } from './service-database.ts';

/** The table `key_checks` of a service's schema. */
export class KeyChecks implements KeyCheckStore {
  private readonly queries: Queries;
  private readonly table: Sql;

  constructor({ postgres, schema }: Pick<AnyDatabase, 'postgres' | 'schema'>) {
    this.queries = postgres;
    this.table = identifier(schema, 'key_checks');
  }

  async find(keyId: string): Promise<string | undefined> {
    const rows = await this.queries.rows<{ sealed: string }>(
      sql`SELECT sealed FROM ${this.table} WHERE key_id = ${keyId}`,
    );
    return rows[0]?.sealed;
  }

  async add(keyId: string, sealed: string): Promise<string> {
    await this.queries.count(
      sql`INSERT INTO ${this.table} (key_id, sealed) VALUES (${keyId}, ${sealed}) ON CONFLICT DO NOTHING`,
    );
    const kept = await this.find(keyId);
    if (kept === undefined) throw new Error(`the check of key ${keyId} is gone`);
    return kept;
  }

  async remove(keyId: string): Promise<void> {
    await this.queries.count(sql`DELETE FROM ${this.table} WHERE key_id = ${keyId}`);
  }
}
