import { auditEntry, DomainError, type AuditEntryData, type ServiceName } from '@ushadow/contracts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { OutboxTable } from '../outbox/outbox-table.ts';
import type { Postgres } from '../postgres.ts';
import type { Queries } from '../queries.ts';
import { identifier, joinSql, sql, type Sql } from '../sql.ts';
import { canonical, type AuditDraft, type AuditRecord } from './audit-record.ts';
import { CHAIN_START } from './chain-walk.ts';
import { nextEntryDdl } from './next-entry.ts';
import { checkSeal, sealOf, type AuditKeys, type ChainHead, type SealedRecord } from './seal.ts';

export interface AuditTrailOptions {
  readonly service: ServiceName;
  readonly schema: string;
  readonly keys: AuditKeys;
  /** Entries go out by it, in the order of the trail. */
  readonly outbox: OutboxTable;
  readonly postgres: Pick<Postgres, 'transaction' | 'rows' | 'count'>;
}

export interface AuditFilter {
  readonly cluster_id?: string | undefined;
  readonly namespace?: string | undefined;
  readonly service_name?: string | undefined;
  readonly stack_id?: string | undefined;
  readonly project?: string | undefined;
  readonly deployment_id?: string | undefined;
}

/** Any number that no other advisory lock of our databases has as its first half. */
const LOCK_SPACE = 1_970_498_678;
const KIND = 'audit';
/** What subscribers will read, no more: a seal is over nothing that gets lost on the way. */
const auditRecord = auditEntry.omit({ key_id: true, previous_seal: true, seal: true });
const BY_FIELD = ['cluster_id', 'namespace', 'stack_id', 'project', 'deployment_id'] as const;
const INDEXED = BY_FIELD.filter((field) => field !== 'namespace');

/**
 * Who changed what in one service: a table that is only added to, each entry sealed over the one before it with a key that
 * the database does not have.
 */
export class AuditTrail {
  readonly service: ServiceName;
  readonly keys: AuditKeys;
  readonly outbox: OutboxTable;
  readonly postgres: AuditTrailOptions['postgres'];
  readonly #path: string;
  readonly #schema: string;
  readonly #table: Sql;

  constructor({ service, schema, keys, outbox, postgres }: AuditTrailOptions) {
    this.service = service;
    this.keys = keys;
    this.#path = `${schema}.audit_trail`;
    this.#schema = schema;
    this.#table = identifier(schema, 'audit_trail');
    this.outbox = outbox;
    this.postgres = postgres;
  }

  /** What a service's migration makes. Whatever is looked for comes from the record itself. */
  ddl(): string {
    const { text } = this.#table.query;
    const columns = BY_FIELD.map(
      (field) => `  ${field.padEnd(13)} text GENERATED ALWAYS AS (record::jsonb ->> '${field}') STORED`,
    );
    const indexes = INDEXED.map((field) => `CREATE INDEX ON ${text} (${field}, sequence) WHERE ${field} IS NOT NULL;`);
    return `CREATE TABLE ${text} (
  sequence      bigint PRIMARY KEY,
  -- As it was sealed, byte by byte.
  record        text NOT NULL,
  key_id        text NOT NULL,
  previous_seal text NOT NULL,
  seal          text NOT NULL,
${columns.join(',\n')}
);
${indexes.join('\n')}
${nextEntryDdl(this.#schema)}`;
  }

  /** A change and the entry about it, in one transaction. Undefined of `work` says that nothing was changed. */
  async write<T>(work: (queries: Queries) => Promise<T>, about: (done: NonNullable<T>) => AuditDraft): Promise<T> {
    return this.postgres.transaction(async (queries) => {
      const done = await work(queries);
      if (done !== undefined && done !== null) await this.append(queries, [about(done)]);
      return done;
    });
  }

  /**
   * Adds to the trail inside the caller's transaction, together with the messages that tell of it. The trail is held until
   * that transaction ends, so this comes last in it.
   */
  async append(queries: Queries, drafts: readonly AuditDraft[]): Promise<void> {
    if (drafts.length === 0) return;
    // One writer at a time, also where there is no entry yet. What it has written is seen by the next statement.
    await queries.count(sql`SELECT pg_advisory_xact_lock(${LOCK_SPACE}::int, hashtext(${this.#path}))`);
    const last = await this.#last(queries);
    if (last !== undefined) await this.#refuseFormerKey(queries, last.keyId);
    let head: ChainHead = last ?? CHAIN_START;
    const entries = drafts.map((draft) => {
      const entry = this.#placed(draft, head);
      head = entry;
      return entry;
    });
    await queries.count(sql`
      WITH added AS (
        INSERT INTO ${this.#table} (sequence, record, key_id, previous_seal, seal)
        VALUES ${joinSql(entries.map(({ sequence, record, keyId, previousSeal, seal }) => sql`(${sequence}::bigint, ${record}, ${keyId}, ${previousSeal}, ${seal})`))})
      ${this.outbox.insert(entries.map(toMessage))}`);
  }

  /** The newest entry, alone or inside a transaction. */
  async newest(queries: Queries = this.postgres): Promise<ChainHead> {
    const last = await this.#last(queries);
    return last === undefined ? CHAIN_START : { sequence: last.sequence, seal: last.seal };
  }

  async at(sequence: number): Promise<SealedRecord | undefined> {
    return (await this.following(sequence - 1, 1)).find((row) => row.sequence === sequence);
  }

  /** In order, from the one after `after`. */
  async following(after: number, limit: number): Promise<SealedRecord[]> {
    return this.#read(sql`WHERE sequence > ${after}::bigint ORDER BY sequence LIMIT ${limit}`);
  }

  /** Newest first; only entries below `before`. */
  async list(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntryData[]> {
    const wanted = BY_FIELD.flatMap((field) => {
      const value = filter[field];
      return value === undefined ? [] : [sql`${identifier(field)} = ${value}`];
    });
    const { service_name: name } = filter;
    if (name !== undefined) wanted.push(sql`record::jsonb -> 'services' ? ${name}`);
    if (before !== undefined) wanted.push(sql`sequence < ${before}::bigint`);
    const where = wanted.length === 0 ? sql`` : sql`WHERE ${joinSql(wanted, ' AND ')}`;
    return (await this.#read(sql`${where} ORDER BY sequence DESC LIMIT ${limit}`)).map(toEntry);
  }

  /** Whether a message about an entry up to this one waits in the outbox. */
  async hasUntold(through: number): Promise<boolean> {
    const rows = await this.postgres.rows(
      this.outbox.waiting(KIND, sql`(payload ->> 'sequence')::bigint <= ${through}::bigint`),
    );
    return rows.length > 0;
  }

  /** Removes the oldest up to this one, so many at most; only its owner may. Gives how many went. */
  async remove(through: number, limit: number): Promise<number> {
    return this.postgres.count(sql`
      DELETE FROM ${this.#table} WHERE sequence IN (
        SELECT sequence FROM ${this.#table} WHERE sequence <= ${through}::bigint ORDER BY sequence LIMIT ${limit})`);
  }

  /** Why nothing can be sealed with these keys, in sentences for the operator; none where they fit. */
  async keyProblems(): Promise<readonly string[]> {
    const { sequence } = await this.newest();
    const row = await this.at(sequence);
    if (row === undefined) return [];
    const { keyId } = row;
    if (this.keys.get(keyId) === undefined)
      return [
        `the audit's newest entry was sealed with key ${keyId}, which AUDIT_KEYS does not have; put it back behind the first key`,
      ];
    const { id } = this.keys.current;
    if (await this.#isFormer(this.postgres, id, keyId))
      return [
        `key ${id} of AUDIT_KEYS seals nothing any more, since key ${keyId} has followed it: put ${keyId}, or a new one, in front`,
      ];
    // With a new key in front nothing more is sealed with one that is in doubt.
    if (keyId !== id || checkSeal(this.keys, row) === 'good') return [];
    return [
      `key ${keyId} of AUDIT_KEYS does not fit entry ${String(sequence)}, the newest of the audit: put the right one back; if it is the right one, the entry was changed: see the runbook, and put a new key in front`,
    ];
  }

  async #last(queries: Queries): Promise<(ChainHead & { readonly keyId: string }) | undefined> {
    const [row] = await queries.rows<{ sequence: bigint; seal: string; keyId: string }>(sql`
      SELECT sequence, seal, key_id AS "keyId" FROM ${this.#table} ORDER BY sequence DESC LIMIT 1`);
    return row === undefined ? undefined : { ...row, sequence: Number(row.sequence) };
  }

  /** Whether another key has followed this one; `newest` is that of the newest entry. */
  async #isFormer(queries: Queries, id: string, newest: string): Promise<boolean> {
    if (id === newest) return false;
    const rows = await queries.rows<{ former: boolean }>(sql`
      SELECT EXISTS (SELECT FROM ${this.#table} WHERE key_id = ${id})
          OR EXISTS (SELECT FROM ${this.#table} WHERE record::jsonb ->> 'action' = 'audit.trimmed'
                       AND record::jsonb -> 'details' -> 'former_keys' ? ${id}) AS former`);
    return rows[0]?.former === true;
  }

  /** While a new key is brought out, a process that does not have it yet changes nothing more. */
  async #refuseFormerKey(queries: Queries, newest: string): Promise<void> {
    if (!(await this.#isFormer(queries, this.keys.current.id, newest))) return;
    const message = `The ${this.service}-service goes on under a new key of its audit; this process of it has to be restarted. Try again in a moment.`;
    throw new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message);
  }

  #placed(
    draft: AuditDraft,
    { sequence: before, seal: previousSeal }: ChainHead,
  ): SealedRecord & { draft: AuditDraft } {
    const sequence = before + 1;
    const key = this.keys.current;
    const record = canonical(auditRecord.parse({ ...draft, service: this.service, sequence }));
    return { draft, sequence, record, keyId: key.id, previousSeal, seal: sealOf(key, previousSeal, record) };
  }

  async #read(which: Sql): Promise<SealedRecord[]> {
    const rows = await this.postgres.rows<Omit<SealedRecord, 'sequence'> & { sequence: bigint }>(sql`
      SELECT sequence, record, key_id AS "keyId", previous_seal AS "previousSeal", seal FROM ${this.#table} ${which}`);
    return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
  }
}

/** The message of an entry; a trail is one chain, whose entries go out in its order. */
function toMessage(sealed: SealedRecord & { readonly draft: AuditDraft }): OutboxMessage<typeof KIND> {
  const { audit_id: id, actor, request_id: requestId } = sealed.draft;
  return { id, kind: KIND, payload: toEntry(sealed), actor, requestId, aggregate: KIND };
}

/** An entry as it is told. */
export function toEntry({ record, keyId, previousSeal, seal }: SealedRecord): AuditEntryData {
  return { ...(JSON.parse(record) as AuditRecord), key_id: keyId, previous_seal: previousSeal, seal };
}

/** An entry that was told, as it was sealed. */
export function fromEntry({
  key_id: keyId,
  previous_seal: previousSeal,
  seal,
  ...record
}: AuditEntryData): SealedRecord {
  return { sequence: record.sequence, record: canonical(record), keyId, previousSeal, seal };
}
