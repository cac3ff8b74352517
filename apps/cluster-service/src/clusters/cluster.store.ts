import { Prisma } from '../generated/prisma/client.ts';
import type { ConnectionCheck } from '../check/connection-check.ts';
import type { SealedCredential } from '../credentials/credential-vault.ts';
import { refined, type ClusterIdentity } from '../identity/cluster-identity.ts';
import { findSame, lockIdentities, sameAmong, shareIdentity, type Named } from '../identity/same-clusters.store.ts';
import type { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns, type ClusterRow } from './cluster-row.store.ts';
import type { Cluster, StoredCredential } from './cluster.ts';

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

export class ClusterStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** A second registration of an API server is stored only when `allowDuplicate` says so. */
  async create(
    cluster: NewCluster,
    { check, now, nextCheckAt, allowDuplicate }: FirstCheck,
  ): Promise<{ readonly created: Cluster } | { readonly clash: Clash }> {
    const { version, nodeCount, status, reason } = check;
    const first = { version, nodeCount, status, statusReason: reason, statusSince: now, checkedAt: now, nextCheckAt };
    try {
      return await this.database.$transaction(async (transaction) => {
        await lockIdentities(transaction);
        const [same] = allowDuplicate ? [] : await findSame(transaction, cluster, cluster.id);
        if (same !== undefined) return { clash: { sameAs: same } };
        const data = { ...cluster, labels: { ...cluster.labels }, ...first };
        await transaction.cluster.create({ data, select: { id: true } });
        if (cluster.endpoint !== null) await shareIdentity(transaction, cluster.endpoint);
        const row = await transaction.cluster.findUniqueOrThrow({ where: { id: cluster.id }, select: visibleColumns });
        return { created: await withSame(transaction, row) };
      });
    } catch (error) {
      if (isCode(error, 'P2002')) return { clash: 'name-taken' };
      throw error;
    }
  }

  async update(id: string, changes: ClusterChanges): Promise<Cluster | 'name-taken' | 'not-found'> {
    const { labels, ...rest } = changes;
    try {
      const data = { ...rest, ...(labels === undefined ? {} : { labels: { ...labels } }) };
      const row = await this.database.cluster.update({ where: { id }, data, select: visibleColumns });
      return await withSame(this.database, row);
    } catch (error) {
      if (isCode(error, 'P2002')) return 'name-taken';
      if (isCode(error, 'P2025')) return 'not-found';
      throw error;
    }
  }

  /** False when the credential was replaced meanwhile, or the cluster is gone. */
  async replaceCredential(id: string, { version, ...data }: NewCredential): Promise<boolean> {
    const { count } = await this.database.cluster.updateMany({
      where: { id, credentialVersion: version - 1 },
      data: { ...data, credentialVersion: version },
    });
    return count > 0;
  }

  async isNameTaken(name: string): Promise<boolean> {
    return (await this.database.cluster.count({ where: { name } })) > 0;
  }

  async list(): Promise<readonly Cluster[]> {
    const rows = await this.database.cluster.findMany({ orderBy: { name: 'asc' }, select: visibleColumns });
    const same = sameAmong(rows);
    return rows.map((row) => fromRow(row, same.get(row.id) ?? []));
  }

  async find(id: string): Promise<Cluster | undefined> {
    const row = await this.database.cluster.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : withSame(this.database, row);
  }

  async findCredential(id: string): Promise<StoredCredential | undefined> {
    const row = await this.database.cluster.findUnique({
      where: { id },
      select: { id: true, name: true, namespace: true, credential: true, credentialVersion: true },
    });
    if (row === null) return undefined;
    const { id: clusterId, ...rest } = row;
    return { clusterId, ...rest };
  }

  /** False when there was none. */
  async delete(id: string): Promise<boolean> {
    return (await this.database.cluster.deleteMany({ where: { id } })).count > 0;
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
    const recorded = await this.database.$transaction(async (transaction) => {
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
    return { cluster: await withSame(this.database, row), changed };
  }

  /** After its own transaction, so that nobody waits for the lock who holds a row. */
  private async shared(row: ClusterRow): Promise<ClusterRow> {
    const { id, endpoint } = row;
    if (endpoint === null) return row;
    await this.database.$transaction(async (transaction) => {
      await lockIdentities(transaction);
      await shareIdentity(transaction, endpoint);
    });
    return (await this.database.cluster.findUnique({ where: { id }, select: visibleColumns })) ?? row;
  }

  /**
   * Takes clusters whose check is due, so that no other process checks them meanwhile: at most `free`, and at most the
   * given share of all clusters, one at least.
   */
  async takeDue(now: Date, until: Date, free: number, share: number): Promise<readonly DueCluster[]> {
    return this.database.$queryRaw<DueCluster[]>`
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

async function withSame(database: Pick<Database, 'cluster'>, row: ClusterRow): Promise<Cluster> {
  const same = await findSame(database, row, row.id);
  return fromRow(
    row,
    same.map(({ id }) => id),
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;
}

export interface DueCluster {
  readonly id: string;
  readonly failedChecks: number;
}
