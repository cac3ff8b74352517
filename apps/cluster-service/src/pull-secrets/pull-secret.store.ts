import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import type { PullSecret, StoredPullSecret } from './pull-secret.ts';

/** What is not selected cannot leak. */
const visibleColumns = { registry: true, username: true, updatedAt: true } as const;

/** Two people may set a registry's first credential at once; the second finds the row of the first. */
const TRIES = 3;

export class PullSecretStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Undefined when the cluster does not exist. `seal` gives the envelope of the version it is told. */
  async set(
    clusterId: string,
    registry: string,
    username: string,
    seal: (version: number) => string,
  ): Promise<PullSecret | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (
          (await this.replace(clusterId, registry, username, seal)) ??
          (await this.add(clusterId, registry, username, seal))
        );
      } catch (error) {
        if (isCode(error, 'P2003')) return undefined;
        if (!isCode(error, 'P2002') || attempt === TRIES) throw error;
      }
    }
  }

  async list(clusterId: string): Promise<readonly PullSecret[]> {
    return this.database.pullSecret.findMany({
      where: { clusterId },
      orderBy: { registry: 'asc' },
      select: visibleColumns,
    });
  }

  async open(clusterId: string, registries: readonly string[]): Promise<readonly StoredPullSecret[]> {
    return this.database.pullSecret.findMany({
      where: { clusterId, registry: { in: [...registries] } },
      orderBy: { registry: 'asc' },
      select: { ...visibleColumns, password: true, version: true },
    });
  }

  /** False when there was none. */
  async remove(clusterId: string, registry: string): Promise<boolean> {
    return (await this.database.pullSecret.deleteMany({ where: { clusterId, registry } })).count > 0;
  }

  private async add(clusterId: string, registry: string, username: string, seal: (version: number) => string) {
    const data = { clusterId, registry, username, password: seal(1) };
    return this.database.pullSecret.create({ data, select: visibleColumns });
  }

  /** The row is held while its next version is sealed, so that no version is given twice. */
  private async replace(clusterId: string, registry: string, username: string, seal: (version: number) => string) {
    return this.database.$transaction(async (transaction) => {
      const [row] = await transaction.$queryRaw<{ version: number }[]>`
        SELECT version FROM pull_secrets WHERE cluster_id = ${clusterId} AND registry = ${registry} FOR UPDATE`;
      if (row === undefined) return undefined;
      const version = row.version + 1;
      return transaction.pullSecret.update({
        where: { clusterId_registry: { clusterId, registry } },
        data: { username, version, password: seal(version), updatedAt: new Date() },
        select: visibleColumns,
      });
    });
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === code;
}
