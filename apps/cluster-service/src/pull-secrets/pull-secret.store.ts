import { Injectable } from '@nestjs/common';
import { auditDraft } from '@ushadow/messaging';
import { isOrphan, isTaken, sql, AuditTrail } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';
import type { PullSecret, StoredPullSecret } from './pull-secret.ts';

/** What is not selected cannot leak. */
const visibleColumns = { registry: true, username: true, updatedAt: true } as const;

/** Two people may set a registry's first credential at once; the second finds the row of the first. */
const TRIES = 3;

@Injectable()
export class PullSecretStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** Undefined when the cluster does not exist. `seal` gives the envelope of the version it is given. */
  async set(
    clusterId: string,
    registry: string,
    username: string,
    seal: (version: number) => string,
  ): Promise<PullSecret | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.trySet(clusterId, registry, username, seal);
      } catch (error) {
        if (isOrphan(error)) return undefined;
        if (!isTaken(error) || attempt === TRIES) throw error;
      }
    }
  }

  async list(clusterId: string): Promise<readonly PullSecret[]> {
    return this.database.prisma.pullSecret.findMany({
      where: { clusterId },
      orderBy: { registry: 'asc' },
      select: visibleColumns,
    });
  }

  async open(clusterId: string, registries: readonly string[]): Promise<readonly StoredPullSecret[]> {
    return this.database.prisma.pullSecret.findMany({
      where: { clusterId, registry: { in: [...registries] } },
      orderBy: { registry: 'asc' },
      select: { ...visibleColumns, password: true, version: true },
    });
  }

  /** False when there was none. */
  async remove(clusterId: string, registry: string): Promise<boolean> {
    const removed = await this.trail.write(
      async (queries) => {
        const [row] = await queries.rows<{ username: string }>(sql`
          DELETE FROM clusters.pull_secrets WHERE cluster_id = ${clusterId} AND registry = ${registry}
          RETURNING username`);
        return row;
      },
      ({ username }) =>
        auditDraft({ action: 'pull-secret.removed', target: registry, clusterId, details: { username } }),
    );
    return removed !== undefined;
  }

  /** The row is held while its next version is sealed, so that no version is given twice. */
  private trySet(
    clusterId: string,
    registry: string,
    username: string,
    seal: (version: number) => string,
  ): Promise<PullSecret> {
    return this.trail.write(
      async (queries) => {
        const [known] = await queries.rows<{ version: number }>(sql`
          SELECT version FROM clusters.pull_secrets WHERE cluster_id = ${clusterId} AND registry = ${registry}
             FOR UPDATE`);
        const version = (known?.version ?? 0) + 1;
        const updatedAt = new Date();
        await queries.count(
          known === undefined
            ? sql`
              INSERT INTO clusters.pull_secrets (cluster_id, registry, username, password, updated_at)
              VALUES (${clusterId}, ${registry}, ${username}, ${seal(version)}, ${updatedAt}::timestamptz)`
            : sql`
              UPDATE clusters.pull_secrets
                 SET username = ${username}, version = ${version}::int, password = ${seal(version)},
                     updated_at = ${updatedAt}::timestamptz
               WHERE cluster_id = ${clusterId} AND registry = ${registry}`,
        );
        return { registry, username, updatedAt };
      },
      () => auditDraft({ action: 'pull-secret.set', target: registry, clusterId, details: { username } }),
    );
  }
}
