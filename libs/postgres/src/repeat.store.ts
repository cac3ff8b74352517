/** Runs one statement; `$1…` stand for the values. */
export type RunStatement = (text: string, ...values: unknown[]) => Promise<readonly Record<string, unknown>[]>;

interface KeyedRequest {
  readonly actor: string;
  readonly operation: string;
  readonly keyDigest: string;
  readonly requestDigest: string;
}

type Claim =
  | { readonly kind: 'held'; readonly effectId: string }
  | { readonly kind: 'answered'; readonly answer: unknown }
  | { readonly kind: 'busy' }
  | { readonly kind: 'another-request' };

const KEPT = `interval '24 hours'`;

/** Requests that were answered under a key, in the table `idempotency_keys` of a service's schema. One statement a step. */
export class RepeatStore {
  private readonly run: RunStatement;
  private readonly table: string;

  constructor(run: RunStatement, schema: string) {
    this.run = run;
    this.table = `"${schema}".idempotency_keys`;
  }

  /** Takes a request that is new, or that nobody has answered in the time it was taken for; else says what is known of it. */
  async claim(request: KeyedRequest, holdMs: number): Promise<Claim> {
    await this.run(`DELETE FROM ${this.table} WHERE created_at < now() - ${KEPT}`);
    const values = [request.actor, request.operation, request.keyDigest];
    const [taken] = await this.run(
      `INSERT INTO ${this.table} AS kept (actor, operation, key_digest, request_digest, held_until)
       VALUES ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')
       ON CONFLICT (actor, operation, key_digest) DO UPDATE SET held_until = EXCLUDED.held_until
         WHERE kept.answer IS NULL AND kept.held_until <= now() AND kept.request_digest = EXCLUDED.request_digest
       RETURNING effect_id::text AS effect_id`,
      ...values,
      request.requestDigest,
      holdMs,
    );
    if (taken !== undefined) return { kind: 'held', effectId: String(taken['effect_id']) };
    const [known] = await this.run(
      `SELECT request_digest, answer FROM ${this.table} WHERE actor = $1 AND operation = $2 AND key_digest = $3`,
      ...values,
    );
    if (known === undefined) return { kind: 'busy' };
    if (known['request_digest'] !== request.requestDigest) return { kind: 'another-request' };
    return known['answer'] === null ? { kind: 'busy' } : { kind: 'answered', answer: known['answer'] };
  }

  async answered(effectId: string, answer: unknown): Promise<void> {
    const text = JSON.stringify(answer);
    await this.run(`UPDATE ${this.table} SET answer = $2::jsonb WHERE effect_id = $1::uuid`, effectId, text);
  }

  async release(effectId: string): Promise<void> {
    await this.run(
      `UPDATE ${this.table} SET held_until = now() WHERE effect_id = $1::uuid AND answer IS NULL`,
      effectId,
    );
  }
}
