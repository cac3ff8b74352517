import type { Queries } from './queries.ts';
import { identifier, sql, type Sql } from './sql.ts';

/** One request of one actor, however often it is sent. Digests alone: a request may hold secrets. */
export interface KeyedRequest {
  readonly actor: string;
  readonly operation: string;
  readonly keyDigest: string;
  readonly requestDigest: string;
}

export type Claim =
  /** The asker's to answer. `effectId` is the same for every try. */
  | { readonly kind: 'held'; readonly effectId: string }
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'busy' }
  | { readonly kind: 'another-request' };

/** What others have left is let go of a little at a time: nobody waits for a day's worth of it. */
const FORGOTTEN_AT_ONCE = 100;

/** Requests that were answered under a key, in the table `idempotency_keys` of a service's schema. One statement a step. */
export class RepeatStore {
  private readonly queries: Queries;
  private readonly table: Sql;

  constructor(queries: Queries, schema: string) {
    this.queries = queries;
    this.table = identifier(schema, 'idempotency_keys');
  }

  /** Takes a request that is new, or that nobody has answered in the time it was taken for; else says what is known of it. */
  async claim({ actor, operation, keyDigest, requestDigest }: KeyedRequest, holdMs: number): Promise<Claim> {
    const isOld = sql`created_at < now() - interval '24 hours'`;
    const isOurs = sql`actor = ${actor} AND operation = ${operation} AND key_digest = ${keyDigest}`;
    await this.queries.count(sql`DELETE FROM ${this.table} WHERE ${isOurs} AND ${isOld}`);
    await this.queries.count(sql`
      DELETE FROM ${this.table} WHERE ctid = ANY (ARRAY(
        SELECT ctid FROM ${this.table} WHERE ${isOld} LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED))`);
    const [taken] = await this.queries.rows<{ effect_id: string }>(sql`
      INSERT INTO ${this.table} AS kept (actor, operation, key_digest, request_digest, held_until)
      VALUES (${actor}, ${operation}, ${keyDigest}, ${requestDigest}, now() + ${holdMs}::int * interval '1 millisecond')
      ON CONFLICT (actor, operation, key_digest) DO UPDATE SET held_until = EXCLUDED.held_until
        WHERE kept.answer IS NULL AND kept.held_until <= now() AND kept.request_digest = EXCLUDED.request_digest
      RETURNING effect_id::text AS effect_id`);
    if (taken !== undefined) return { kind: 'held', effectId: taken.effect_id };
    const [known] = await this.queries.rows<{ request_digest: string; answer: unknown }>(sql`
      SELECT request_digest, answer FROM ${this.table} WHERE ${isOurs}`);
    if (known === undefined) return { kind: 'busy' };
    if (known.request_digest !== requestDigest) return { kind: 'another-request' };
    return known.answer === null ? { kind: 'busy' } : { kind: 'answered', answer: known.answer };
  }

  async answered(effectId: string, answer: unknown): Promise<void> {
    const text = JSON.stringify(answer);
    await this.queries.count(sql`UPDATE ${this.table} SET answer = ${text}::jsonb WHERE effect_id = ${effectId}::uuid`);
  }

  async release(effectId: string): Promise<void> {
    await this.queries.count(
      sql`UPDATE ${this.table} SET held_until = now() WHERE effect_id = ${effectId}::uuid AND answer IS NULL`,
    );
  }
}
