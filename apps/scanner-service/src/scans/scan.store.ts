import { Injectable } from '@nestjs/common';
import { auditDraft } from '@ushadow/messaging';
import { sql, AuditTrail } from '@ushadow/postgres';
import type { InfraResult } from '@ushadow/scan';
import type { Prisma } from '../generated/prisma/client.ts';
import { Database } from '../store/database.store.ts';
import type { Scan } from './scan.ts';

/** One statement for many namespaces; arrays of arrays are not among Postgres' types, so notes travel as JSON. */
const SAVE = `
  INSERT INTO scans (cluster_id, namespace, infra, notes, scanned_at)
  SELECT cluster_id, namespace, infra, ARRAY(SELECT jsonb_array_elements_text(notes)), scanned_at
  FROM unnest($1::text[], $2::text[], $3::jsonb[], $4::jsonb[], $5::timestamptz[])
    AS new (cluster_id, namespace, infra, notes, scanned_at)
  ON CONFLICT (cluster_id, namespace) DO UPDATE
    SET infra = excluded.infra, notes = excluded.notes, scanned_at = excluded.scanned_at, error = NULL, failed_at = NULL
    WHERE scans.scanned_at <= excluded.scanned_at`;

const NOTE_FAILURES = `
  UPDATE scans SET error = failed.error, failed_at = $2
  FROM unnest($3::text[], $4::text[]) AS failed (namespace, error)
  WHERE scans.cluster_id = $1 AND scans.namespace = failed.namespace`;

@Injectable()
export class ScanStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Replaces each namespace's result, unless a newer one is there already. */
  async save(scans: readonly Scan[]): Promise<void> {
    await this.database.pool.query(SAVE, [
      scans.map(({ clusterId }) => clusterId),
      scans.map(({ namespace }) => namespace),
      scans.map(({ infra }) => JSON.stringify(infra)),
      scans.map(({ notes }) => JSON.stringify(notes)),
      scans.map(({ scannedAt }) => scannedAt),
    ]);
  }

  /** Notes failures beside the last good results; where there is none, nothing is kept. */
  async noteFailures(
    clusterId: string,
    failures: readonly { readonly namespace: string; readonly error: string }[],
    failedAt: Date,
  ): Promise<void> {
    if (failures.length === 0) return;
    const namespaces = failures.map(({ namespace }) => namespace);
    await this.database.pool.query(NOTE_FAILURES, [
      clusterId,
      failedAt,
      namespaces,
      failures.map(({ error }) => error),
    ]);
  }

  async list(clusterId?: string): Promise<readonly Scan[]> {
    const rows = await this.database.prisma.scan.findMany({
      ...(clusterId === undefined ? {} : { where: { clusterId } }),
      orderBy: [{ clusterId: 'asc' }, { namespace: 'asc' }],
    });
    return rows.map(fromRow);
  }

  /** False when there was none. */
  async delete(clusterId: string, namespace: string): Promise<boolean> {
    const removed = await this.trail.write(
      async (queries) => {
        const count = await queries.count(sql`
          DELETE FROM scans.scans WHERE cluster_id = ${clusterId} AND namespace = ${namespace}`);
        return count > 0 ? count : undefined;
      },
      () => auditDraft({ action: 'scan.removed', target: `scan of namespace ${namespace}`, clusterId, namespace }),
    );
    return removed !== undefined;
  }

  async deleteCluster(clusterId: string): Promise<number> {
    return (await this.database.prisma.scan.deleteMany({ where: { clusterId } })).count;
  }

  async clusterIds(): Promise<readonly string[]> {
    return (await this.database.prisma.scan.groupBy({ by: ['clusterId'] })).map((row) => row.clusterId);
  }
}

function fromRow(row: Prisma.ScanGetPayload<object>): Scan {
  const { clusterId, namespace, notes, scannedAt, error } = row;
  return { clusterId, namespace, infra: row.infra as unknown as Record<string, InfraResult>, notes, scannedAt, error };
}
