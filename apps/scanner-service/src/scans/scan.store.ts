import type { InfraResult } from '@ushadow/scan';
import type { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import type { Scan } from './scan.ts';

export class ScanStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Replaces the namespace's result, unless a newer one is there already. */
  async save(scan: Omit<Scan, 'error'>): Promise<void> {
    const { clusterId, namespace, scannedAt } = scan;
    const infra = JSON.stringify(scan.infra);
    await this.database.$executeRaw`
      INSERT INTO scans (cluster_id, namespace, infra, notes, scanned_at)
      VALUES (${clusterId}, ${namespace}, ${infra}::jsonb, ${[...scan.notes]}, ${scannedAt})
      ON CONFLICT (cluster_id, namespace) DO UPDATE
        SET infra = excluded.infra, notes = excluded.notes, scanned_at = excluded.scanned_at, error = NULL, failed_at = NULL
        WHERE scans.scanned_at <= excluded.scanned_at`;
  }

  /** Notes a failure beside the last good result. False when there is none to keep. */
  async noteFailure(clusterId: string, namespace: string, error: string, failedAt: Date): Promise<boolean> {
    const { count } = await this.database.scan.updateMany({
      where: { clusterId, namespace },
      data: { error, failedAt },
    });
    return count > 0;
  }

  async list(clusterId?: string): Promise<readonly Scan[]> {
    const rows = await this.database.scan.findMany({
      ...(clusterId === undefined ? {} : { where: { clusterId } }),
      orderBy: [{ clusterId: 'asc' }, { namespace: 'asc' }],
    });
    return rows.map(fromRow);
  }

  /** False when there was none. */
  async delete(clusterId: string, namespace: string): Promise<boolean> {
    return (await this.database.scan.deleteMany({ where: { clusterId, namespace } })).count > 0;
  }

  async deleteCluster(clusterId: string): Promise<number> {
    return (await this.database.scan.deleteMany({ where: { clusterId } })).count;
  }

  async clusterIds(): Promise<readonly string[]> {
    return (await this.database.scan.groupBy({ by: ['clusterId'] })).map((row) => row.clusterId);
  }
}

function fromRow(row: Prisma.ScanGetPayload<object>): Scan {
  const { clusterId, namespace, notes, scannedAt, error } = row;
  return { clusterId, namespace, infra: row.infra as unknown as Record<string, InfraResult>, notes, scannedAt, error };
}
