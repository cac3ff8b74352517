import { Injectable } from '@nestjs/common';
import type { InputOf, operations } from '@ushadow/contracts';
import { auditDraft } from '@ushadow/messaging';
import { isTaken, joinSql, sql, AuditTrail, type Queries, type Sql } from '@ushadow/postgres';
import type { ConnectionCheck } from '../check/connection-check.ts';
import type { SealedCredential } from '../credentials/credential-vault.ts';
import { refined, type ClusterIdentity } from '../identity/cluster-identity.ts';
import { findSame, lockIdentities, sameAmong, shareIdentity, type Named } from '../identity/same-clusters.store.ts';
import { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns, type ClusterRow } from './cluster-row.store.ts';
import type { Cluster, StoredCredential } from './cluster.ts';
import { policyTexts } from './policy-texts.ts';

export interface NewCluster extends SealedCredential, ClusterIdentity {
  readonly id: string;
  readonly name: string;
  readonly context: string;
  readonly server: string;
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly credentialExpiresAt: Date | null;
}

export interface ClusterChanges {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Parts that are left out stay. */
  readonly routing?: InputOf<typeof operations.updateCluster>['routing'];
  /** As `routing`. */
  readonly policies?: InputOf<typeof operations.updateCluster>['policies'];
}

/** A credential that takes the place of version `version - 1`. */
export interface NewCredential extends SealedCredential {
  readonly version: number;
  readonly context: string;
  readonly server: string;
  readonly credentialExpiresAt: Date | null;
}

/** What the check at registration showed, and whether the API server may be registered already. */
export interface FirstCheck {
  readonly check: ConnectionCheck;
  readonly now: Date;
  readonly nextCheckAt: Date;
  readonly allowDuplicate: boolean;
}

/** What a check showed, and the version of the credential that it used. */
export interface CheckOfCredential {
  readonly check: ConnectionCheck;
  readonly credentialVersion: number;
  /** Absent when the connection could not even be read. */
  readonly seen?: ClusterIdentity | undefined;
}

/** Why a cluster was not registered. */
export type Clash = 'name-taken' | { readonly sameAs: Named };

/** A status that was stored, and whether it is another than before. */
export interface StatusChange {
  readonly cluster: Cluster;
  readonly changed: boolean;
}

@Injectable()
export class ClusterStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** A second registration of an API server is stored only when `allowDuplicate` says so. */
  async create(
    cluster: NewCluster,
    first: FirstCheck,
  ): Promise<{ readonly created: Cluster } | { readonly clash: Clash }> {
    const { id, name, namespace, server, context } = cluster;
    try {
      const clash = await this.trail.postgres.transaction(async (queries) => {
        await lockIdentities(queries);
        const [same] = first.allowDuplicate ? [] : await findSame(queries, cluster, id);
        if (same !== undefined) return { sameAs: same };
        await queries.count(insertion(cluster, first));
        if (cluster.endpoint !== null) await shareIdentity(queries, cluster.endpoint);
        const details = { server, context, namespace, status: first.check.status };
        await this.trail.append(queries, [
          auditDraft({ action: 'cluster.registered', target: name, clusterId: id, details }),
        ]);
        return undefined;
      });
      if (clash !== undefined) return { clash };
    } catch (error) {
      if (isTaken(error)) return { clash: 'name-taken' };
      throw error;
    }
    const created = await this.find(id);
    if (created === undefined) throw new Error(`cluster ${id} was removed as soon as it was there`);
    return { created };
  }

  async update(id: string, changes: ClusterChanges): Promise<Cluster | 'name-taken' | 'not-found'> {
    const { name, namespace, labels, routing, policies } = changes;
    const set = [
      ...(name === undefined ? [] : [sql`name = ${name}`]),
      ...(namespace === undefined ? [] : [sql`namespace = ${namespace}`]),
      ...(labels === undefined ? [] : [sql`labels = ${JSON.stringify(labels)}::jsonb`]),
      ...(routing === undefined ? [] : [sql`routing = routing || ${JSON.stringify(routing)}::jsonb`]),
      ...(policies === undefined ? [] : [sql`policies = policies || ${JSON.stringify(policies)}::jsonb`]),
    ];
    const details = {
      ...(name === undefined ? {} : { name }),
      ...(namespace === undefined ? {} : { namespace }),
      ...(labels === undefined ? {} : { labels: Object.keys(labels) }),
      ...(routing === undefined ? {} : { routing: Object.keys(routing) }),
      // Whoever reads the audit asks what was allowed, and when.
      ...(policies === undefined ? {} : { policies: policyTexts(policies) }),
    };
    try {
      if (set.length > 0)
        await this.trail.write(
          async (queries) => {
            const [before] = await queries.rows<{ name: string }>(sql`
              SELECT name FROM clusters.clusters WHERE id = ${id} FOR UPDATE`);
            if (before !== undefined)
              await queries.count(sql`UPDATE clusters.clusters SET ${joinSql(set)} WHERE id = ${id}`);
            return before;
          },
          (before) => auditDraft({ action: 'cluster.updated', target: before.name, clusterId: id, details }),
        );
    } catch (error) {
      if (isTaken(error)) return 'name-taken';
      throw error;
    }
    return (await this.find(id)) ?? 'not-found';
  }

  /** False when the credential was replaced meanwhile, or the cluster is gone. */
  async replaceCredential(id: string, credential: NewCredential): Promise<boolean> {
    const { version, context, server, credentialExpiresAt } = credential;
    const replaced = await this.trail.write(
      async (queries) => {
        const [row] = await queries.rows<{ name: string }>(sql`
          UPDATE clusters.clusters
             SET credential = ${credential.credential}, credential_key_id = ${credential.credentialKeyId},
                 credential_version = ${version}::int, context = ${context}, server = ${server},
                 credential_expires_at = ${credentialExpiresAt}::timestamptz
           WHERE id = ${id} AND credential_version = ${version - 1}::int RETURNING name`);
        return row;
      },
      ({ name }) =>
        auditDraft({
          action: 'credential.replaced',
          target: name,
          clusterId: id,
          details: { version, context, server },
        }),
    );
    return replaced !== undefined;
  }

  async isNameTaken(name: string): Promise<boolean> {
    return (await this.database.prisma.cluster.count({ where: { name } })) > 0;
  }

  async list(): Promise<readonly Cluster[]> {
    const rows = await this.database.prisma.cluster.findMany({ orderBy: { name: 'asc' }, select: visibleColumns });
    const same = sameAmong(rows);
    return rows.map((row) => fromRow(row, same.get(row.id) ?? []));
  }

  async find(id: string): Promise<Cluster | undefined> {
    const row = await this.database.prisma.cluster.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : withSame(this.trail.postgres, row);
  }

  async findCredential(id: string): Promise<StoredCredential | undefined> {
    const row = await this.database.prisma.cluster.findUnique({
      where: { id },
      select: { id: true, name: true, namespace: true, credential: true, credentialVersion: true },
    });
    if (row === null) return undefined;
    const { id: clusterId, ...rest } = row;
    return { clusterId, ...rest };
  }

  /** Its name; undefined when there was none. */
  async delete(id: string): Promise<string | undefined> {
    const removed = await this.trail.write(
      async (queries) => {
        const [row] = await queries.rows<{ name: string }>(sql`
          DELETE FROM clusters.clusters WHERE id = ${id} RETURNING name`);
        return row;
      },
      ({ name }) => auditDraft({ action: 'cluster.removed', target: name, clusterId: id }),
    );
    return removed?.name;
  }

  /**
   * Undefined when the cluster is gone. What a failed check could not see keeps its last value, and a check of a
   * credential that was replaced meanwhile says nothing of the new one: it is dropped.
   */
  async recordCheck(
    id: string,
    { check, credentialVersion, seen }: CheckOfCredential,
    now: Date,
    nextCheckAt: Date,
  ): Promise<StatusChange | undefined> {
    const recorded = await this.database.prisma.$transaction(async (transaction) => {
      const [before] = await transaction.$queryRaw<Before[]>`
        SELECT status, credential_version AS version, identity, endpoint FROM clusters WHERE id = ${id} FOR UPDATE`;
      if (before === undefined) return undefined;
      if (before.version !== credentialVersion) {
        const row = await transaction.cluster.findUniqueOrThrow({ where: { id }, select: visibleColumns });
        return { row, changed: false, isNewlyKnown: false };
      }
      const changed = before.status !== check.status;
      const { identity, endpoint } = seen === undefined ? before : refined(before, seen);
      const row = await transaction.cluster.update({
        where: { id },
        data: {
          status: check.status,
          statusReason: check.reason,
          checkedAt: now,
          nextCheckAt,
          identity,
          endpoint,
          failedChecks: check.status === 'connected' ? 0 : { increment: 1 },
          ...(changed ? { statusSince: now } : {}),
          ...(check.status === 'connected' ? { version: check.version, nodeCount: check.nodeCount } : {}),
        },
        select: visibleColumns,
      });
      return { row, changed, isNewlyKnown: identity !== before.identity };
    });
    if (recorded === undefined) return undefined;
    const { changed, isNewlyKnown } = recorded;
    const row = isNewlyKnown ? await this.shared(recorded.row) : recorded.row;
    return { cluster: await withSame(this.trail.postgres, row), changed };
  }

  /** After its own transaction, so that nobody waits for the lock who holds a row. */
  private async shared(row: ClusterRow): Promise<ClusterRow> {
    const { id, endpoint } = row;
    if (endpoint === null) return row;
    await this.trail.postgres.transaction(async (queries) => {
      await lockIdentities(queries);
      await shareIdentity(queries, endpoint);
    });
    return (await this.database.prisma.cluster.findUnique({ where: { id }, select: visibleColumns })) ?? row;
  }

  /**
   * Takes clusters whose check is due, so that no other process checks them meanwhile: at most `free`, and at most the
   * given share of all clusters, one at least.
   */
  async takeDue(now: Date, until: Date, free: number, share: number): Promise<readonly DueCluster[]> {
    return this.database.prisma.$queryRaw<DueCluster[]>`
      UPDATE clusters SET next_check_at = ${until} WHERE id = ANY(ARRAY(
        SELECT id FROM clusters WHERE next_check_at <= ${now} ORDER BY next_check_at
        LIMIT LEAST(${free}::int, GREATEST(1, ceil(${share}::float8 * (SELECT count(*) FROM clusters)))::int)
        FOR UPDATE SKIP LOCKED
      )) RETURNING id, failed_checks AS "failedChecks"`;
  }
}

interface Before extends ClusterIdentity {
  readonly status: string;
  readonly version: number;
}

async function withSame(queries: Queries, row: ClusterRow): Promise<Cluster> {
  const same = await findSame(queries, row, row.id);
  return fromRow(
    row,
    same.map(({ id }) => id),
  );
}

function insertion(cluster: NewCluster, { check, now, nextCheckAt }: FirstCheck): Sql {
  return sql`
    INSERT INTO clusters.clusters (
      id, name, context, server, namespace, labels, credential, credential_key_id, credential_expires_at, identity,
      endpoint, version, node_count, status, status_reason, status_since, checked_at, next_check_at)
    VALUES (
      ${cluster.id}, ${cluster.name}, ${cluster.context}, ${cluster.server}, ${cluster.namespace},
      ${JSON.stringify(cluster.labels)}::jsonb, ${cluster.credential}, ${cluster.credentialKeyId},
      ${cluster.credentialExpiresAt}::timestamptz, ${cluster.identity}, ${cluster.endpoint}, ${check.version},
      ${check.nodeCount}::int, ${check.status}, ${check.reason}, ${now}::timestamptz, ${now}::timestamptz,
      ${nextCheckAt}::timestamptz)`;
}

export interface DueCluster {
  readonly id: string;
  readonly failedChecks: number;
}
