import type { InventoryEntry } from '@ushadow/deploy-engine';
import type { UsedVariableData } from '@ushadow/contracts';
import { Prisma } from '../generated/prisma/client.ts';
import type { Database } from '../store/database.store.ts';
import { fromRow, visibleColumns } from './deployment-row.store.ts';
import { activeStatuses, type Deployment, type Place } from './deployment.ts';

export interface Page {
  readonly deployments: readonly Deployment[];
  readonly nextCursor: string | null;
}

/** Reads deployments. */
export class DeploymentStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  async find(id: string): Promise<Deployment | undefined> {
    const row = await this.database.deployment.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : fromRow(row);
  }

  /** The desired objects, still encrypted. */
  async desired(id: string): Promise<string> {
    return (await this.database.deployment.findUniqueOrThrow({ where: { id }, select: { desired: true } })).desired;
  }

  /** The last deployment of this place that succeeded, below a revision: what a failure goes back to. */
  async lastGood(place: Place, below?: number): Promise<Deployment | undefined> {
    const row = await this.database.deployment.findFirst({
      where: { ...only(place), status: 'succeeded', ...(below === undefined ? {} : { revision: { lt: below } }) },
      orderBy: { revision: 'desc' },
      select: visibleColumns,
    });
    return row === null ? undefined : fromRow(row);
  }

  /** What is ours of this place in its cluster: what the last deployment below a revision has left, however it ended. */
  async inventory(place: Place, below?: number): Promise<readonly InventoryEntry[] | undefined> {
    const row = await this.database.deployment.findFirst({
      where: {
        ...only(place),
        // One that ended before a worker had it has none.
        inventory: { not: Prisma.DbNull },
        ...(below === undefined ? {} : { revision: { lt: below } }),
      },
      orderBy: { revision: 'desc' },
      select: { inventory: true },
    });
    return row === null ? undefined : (row.inventory as unknown as readonly InventoryEntry[]);
  }

  /** Those of some services that a deployment which has not ended is about to bring; held: a worker is at it. */
  async bringing(of: {
    clusterId: string;
    namespace: string;
    serviceNames: readonly string[];
  }): Promise<{ readonly serviceName: string; readonly isHeld: boolean }[]> {
    return this.database.$queryRaw`
      SELECT service_name AS "serviceName", bool_or(coalesce(lease_until > clock_timestamp(), false)) AS "isHeld"
        FROM deployments.deployments
       WHERE cluster_id = ${of.clusterId} AND namespace = ${of.namespace} AND service_name = ANY(${of.serviceNames})
         AND status = ANY(${['queued', ...activeStatuses]}) AND kind NOT IN ('remove', 'stop')
       GROUP BY service_name`;
  }

  /** Newest first. */
  async ofPlace(place: Place, { below, limit }: { below?: number; limit: number }): Promise<Deployment[]> {
    const rows = await this.database.deployment.findMany({
      where: { ...only(place), ...(below === undefined ? {} : { revision: { lt: below } }) },
      orderBy: { revision: 'desc' },
      take: limit,
      select: visibleColumns,
    });
    return rows.map(fromRow);
  }

  /** The newest deployment of a service to a place, with the environment it was made with. */
  async lastEnvironment(place: {
    clusterId: string;
    namespace: string;
    serviceId: string;
  }): Promise<{ id: string; createdAt: Date; environment: readonly UsedVariableData[] } | undefined> {
    const row = await this.database.deployment.findFirst({
      where: place,
      orderBy: { createdAt: 'desc' },
      select: { id: true, createdAt: true, environment: true },
    });
    return row === null
      ? undefined
      : { ...row, environment: row.environment as unknown as readonly UsedVariableData[] };
  }

  /** Newest first. The cursor is the last row's creation time and id, so that pages stay stable while new ones arrive. */
  async list(filter: { clusterId?: string; limit: number; cursor?: string }): Promise<Page> {
    const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor);
    const rows = await this.database.deployment.findMany({
      where: {
        ...(filter.clusterId === undefined ? {} : { clusterId: filter.clusterId }),
        ...(after === undefined
          ? {}
          : { OR: [{ createdAt: { lt: after.createdAt } }, { createdAt: after.createdAt, id: { lt: after.id } }] }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: filter.limit + 1,
      select: visibleColumns,
    });
    const page = rows.slice(0, filter.limit).map(fromRow);
    const last = page.at(-1);
    return {
      deployments: page,
      nextCursor: rows.length > filter.limit && last !== undefined ? encodeCursor(last) : null,
    };
  }
}

function only({ clusterId, namespace, serviceName }: Place): Prisma.DeploymentWhereInput {
  return { clusterId, namespace, serviceName };
}

function encodeCursor(deployment: Deployment): string {
  return Buffer.from(`${deployment.createdAt.toISOString()} ${deployment.id}`).toString('base64url');
}

/** A cursor nobody made starts from the top. */
function decodeCursor(cursor: string): { createdAt: Date; id: string } | undefined {
  const [time, id] = Buffer.from(cursor, 'base64url').toString().split(' ');
  const createdAt = new Date(time ?? '');
  return id === undefined || Number.isNaN(createdAt.getTime()) || !/^[0-9a-f-]{36}$/.test(id)
    ? undefined
    : { createdAt, id };
}
