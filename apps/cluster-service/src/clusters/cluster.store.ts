import { Prisma } from '../generated/prisma/client.ts';
import type { ConnectionCheck } from '../check/connection-check.ts';
import type { SealedCredential } from '../credentials/credential-vault.ts';
import type { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns } from './cluster-row.store.ts';
import type { Cluster, StoredCredential } from './cluster.ts';

export interface NewCluster extends SealedCredential {
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

/** What a check showed, and the version of the credential that it used. */
export interface CheckOfCredential {
  readonly check: ConnectionCheck;
  readonly credentialVersion: number;
}

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

  /** Undefined when another cluster has the name. */
  async create(
    cluster: NewCluster,
    check: ConnectionCheck,
    now: Date,
    nextCheckAt: Date,
  ): Promise<Cluster | undefined> {
    const { version, nodeCount, status, reason } = check;
    try {
      const row = await this.database.cluster.create({
        data: {
          ...cluster,
          labels: { ...cluster.labels },
          version,
          nodeCount,
          status,
          statusReason: reason,
          statusSince: now,
          checkedAt: now,
          nextCheckAt,
        },
        select: visibleColumns,
      });
      return fromRow(row);
    } catch (error) {
      if (isCode(error, 'P2002')) return undefined;
      throw error;
    }
  }

  async update(id: string, changes: ClusterChanges): Promise<Cluster | 'name-taken' | 'not-found'> {
    const { labels, ...rest } = changes;
    try {
      const data = { ...rest, ...(labels === undefined ? {} : { labels: { ...labels } }) };
      return fromRow(await this.database.cluster.update({ where: { id }, data, select: visibleColumns }));
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
    return rows.map(fromRow);
  }

  async find(id: string): Promise<Cluster | undefined> {
    const row = await this.database.cluster.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : fromRow(row);
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
    { check, credentialVersion }: CheckOfCredential,
    now: Date,
    nextCheckAt: Date,
  ): Promise<StatusChange | undefined> {
    return this.database.$transaction(async (transaction) => {
      const [before] = await transaction.$queryRaw<{ status: string; version: number }[]>`
        SELECT status, credential_version AS version FROM clusters WHERE id = ${id} FOR UPDATE`;
      if (before === undefined) return undefined;
      if (before.version !== credentialVersion) {
        const row = await transaction.cluster.findUniqueOrThrow({ where: { id }, select: visibleColumns });
        return { cluster: fromRow(row), changed: false };
      }
      const changed = before.status !== check.status;
      const row = await transaction.cluster.update({
        where: { id },
        data: {
          status: check.status,
          statusReason: check.reason,
          checkedAt: now,
          nextCheckAt,
          failedChecks: check.status === 'connected' ? 0 : { increment: 1 },
          ...(changed ? { statusSince: now } : {}),
          ...(check.status === 'connected' ? { version: check.version, nodeCount: check.nodeCount } : {}),
        },
        select: visibleColumns,
      });
      return { cluster: fromRow(row), changed };
    });
  }

  /**
   * Takes clusters whose check is due, so that no other process checks them meanwhile: at most `free`, and at most the
   * given share of all clusters, one at least.
   */
  async takeDue(now: Date, until: Date, free: number, share: number): Promise<readonly DueCluster[]> {
    return this.database.$queryRaw<DueCluster[]>`
      UPDATE clusters SET next_check_at = ${until} WHERE id IN (
        SELECT id FROM clusters WHERE next_check_at <= ${now} ORDER BY next_check_at
        LIMIT LEAST(${free}::int, GREATEST(1, ceil(${share}::float8 * (SELECT count(*) FROM clusters)))::int)
        FOR UPDATE SKIP LOCKED
      ) RETURNING id, failed_checks AS "failedChecks"`;
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;
}

export interface DueCluster {
  readonly id: string;
  readonly failedChecks: number;
}
