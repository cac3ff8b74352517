import type { AuditEntryData } from '@ushadow/contracts';
import { joinSql, sql, type Queries, type Sql } from '@ushadow/postgres';
import type { AuditEntry as Row } from '../generated/prisma/client.ts';
import { auditMessage } from '../outbox/outbox-message.ts';
import { outboxTable } from '../outbox/outbox.store.ts';
import type { Database } from '../store/database.store.ts';
import { chained, type AuditDraft, type ChainHead } from './audit-entry.ts';

/**
 * Adds to the trail inside the caller's transaction, together with its message. The head's row lock is held until that
 * transaction ends, so this comes last in it.
 */
export async function appendAudit(queries: Queries, drafts: readonly AuditDraft[]): Promise<void> {
  if (drafts.length === 0) return;
  let head = await lockHead(queries);
  const entries = drafts.map((draft) => {
    const entry = chained(draft, head);
    head = entry;
    return entry;
  });
  // One statement: everybody else waits for the head meanwhile.
  await queries.count(sql`
    WITH added AS (INSERT INTO deployments.audit_trail (${COLUMNS}) VALUES ${joinSql(entries.map(toRow))}),
         moved AS (UPDATE deployments.audit_head SET sequence = ${head.sequence}, hash = ${head.hash})
    ${outboxTable.insert(entries.map(auditMessage))}`);
}

async function lockHead(queries: Queries): Promise<ChainHead> {
  const rows = await queries.rows<{ sequence: bigint; hash: string }>(sql`
    SELECT sequence, hash FROM deployments.audit_head FOR UPDATE`);
  const [row] = rows;
  if (row === undefined) throw new Error('the audit trail has no head');
  return { sequence: Number(row.sequence), hash: row.hash };
}

export interface AuditFilter {
  readonly clusterId?: string;
  readonly namespace?: string;
  readonly serviceName?: string;
  readonly stackId?: string;
  readonly project?: string;
  readonly deploymentId?: string;
}

export class AuditStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Newest first; only entries below `before`. */
  async list(filter: AuditFilter, limit: number, before?: number): Promise<AuditEntryData[]> {
    const rows = await this.database.prisma.auditEntry.findMany({
      where: { ...filter, ...(before === undefined ? {} : { sequence: { lt: before } }) },
      orderBy: { sequence: 'desc' },
      take: limit,
    });
    return rows.map(fromRow);
  }

  /** In order, from the one after `after`. */
  async following(after: number, limit: number): Promise<AuditEntryData[]> {
    const rows = await this.database.prisma.auditEntry.findMany({
      where: { sequence: { gt: after } },
      orderBy: { sequence: 'asc' },
      take: limit,
    });
    return rows.map(fromRow);
  }

  async head(): Promise<ChainHead> {
    const { sequence, hash } = await this.database.prisma.auditHead.findFirstOrThrow();
    return { sequence: Number(sequence), hash };
  }
}

const COLUMNS = sql`
  sequence, id, time, action, kind, actor, request_id, deployment_id, plan_id, cluster_id, namespace, service_id,
   service_name, stack_id, project, services, adopted, plan_hash, desired_digest, before_digest, after_digest, verdict,
   previous_hash, hash`;

function toRow(entry: AuditEntryData): Sql {
  const verdict = entry.verdict === null ? null : JSON.stringify(entry.verdict);
  return sql`(${entry.sequence}::bigint, ${entry.audit_id}::uuid, ${entry.time}::timestamptz, ${entry.action},
    ${entry.kind}, ${entry.actor}, ${entry.request_id}, ${entry.deployment_id}::uuid, ${entry.plan_id}::uuid,
    ${entry.cluster_id}, ${entry.namespace}, ${entry.service_id}, ${entry.service_name},
    ${entry.stack_id ?? null}::uuid, ${entry.project ?? null}, ${entry.services ?? []}::text[],
    ${entry.adopted ?? []}::text[], ${entry.plan_hash},
    ${entry.desired_digest}, ${entry.before_digest}, ${entry.after_digest}, ${verdict}::jsonb, ${entry.previous_hash},
    ${entry.hash})`;
}

function fromRow(row: Row): AuditEntryData {
  return {
    audit_id: row.id,
    sequence: Number(row.sequence),
    time: row.time.toISOString(),
    action: row.action as AuditEntryData['action'],
    kind: row.kind as AuditEntryData['kind'],
    actor: row.actor,
    request_id: row.requestId,
    deployment_id: row.deploymentId,
    plan_id: row.planId,
    cluster_id: row.clusterId,
    namespace: row.namespace,
    service_id: row.serviceId,
    service_name: row.serviceName,
    ...stackOf(row),
    plan_hash: row.planHash,
    desired_digest: row.desiredDigest,
    before_digest: row.beforeDigest,
    after_digest: row.afterDigest,
    verdict: row.verdict as AuditEntryData['verdict'],
    previous_hash: row.previousHash,
    hash: row.hash,
  };
}

/** Entries from before there were stacks have none of these fields: their hash is over the others. */
function stackOf({ stackId, project, services, adopted }: Row): Partial<AuditEntryData> {
  return stackId === null ? {} : { stack_id: stackId, project, services, adopted };
}
