import type { InventoryEntry } from '@ushadow/deploy-engine';
import type { UsedVariableData } from '@ushadow/contracts';
import { Prisma } from '../generated/prisma/client.ts';
import { addToOutbox } from '../outbox/outbox.store.ts';
import type { OutboxMessage } from '../outbox/outbox-message.ts';
import type { Database } from '../store/database.store.ts';
import { activeStatuses, type Deployment } from './deployment.ts';
import { fromRow, visibleColumns } from './deployment-row.store.ts';

export interface NewDeployment {
  readonly id: string;
  readonly clusterId: string;
  readonly namespace: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly objects: readonly string[];
  /** Envelope-encrypted. */
  readonly desired: string;
  readonly desiredDigest: string;
  readonly environment: readonly UsedVariableData[];
  readonly deadlineSeconds: number;
  readonly actor: string;
  readonly requestId: string;
}

export interface LastGood {
  readonly id: string;
  /** Envelope-encrypted. */
  readonly desired: string;
  readonly inventory: readonly InventoryEntry[];
}

export interface Page {
  readonly deployments: readonly Deployment[];
  readonly nextCursor: string | null;
}

export class DeploymentStore {
  private readonly database: Database;

  constructor(database: Database) {
    this.database = database;
  }

  /** Stores the deployment with its messages, or gives the id of the one under way for the same service. */
  async create(
    deployment: NewDeployment,
    messages: readonly OutboxMessage[],
  ): Promise<{ created: true } | { created: false; inProgress: string }> {
    try {
      await this.database.$transaction(async (transaction) => {
        await transaction.deployment.create({
          data: {
            ...deployment,
            objects: [...deployment.objects],
            environment: [...deployment.environment],
            status: 'pending',
          },
        });
        await addToOutbox(transaction, messages);
      });
      return { created: true };
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return { created: false, inProgress: (await this.findActive(deployment))?.id ?? '' };
    }
  }

  async find(id: string): Promise<Deployment | undefined> {
    const row = await this.database.deployment.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : fromRow(row);
  }

  /** The deployment under way for this service in this place. */
  async findActive(place: {
    clusterId: string;
    namespace: string;
    serviceName: string;
  }): Promise<Deployment | undefined> {
    const { clusterId, namespace, serviceName } = place;
    const where = { clusterId, namespace, serviceName, status: { in: [...activeStatuses] } };
    const row = await this.database.deployment.findFirst({ where, select: visibleColumns });
    return row === null ? undefined : fromRow(row);
  }

  /** The desired objects, still encrypted. */
  async desired(id: string): Promise<string> {
    return (await this.database.deployment.findUniqueOrThrow({ where: { id }, select: { desired: true } })).desired;
  }

  /** The last deployment of this service in this place that succeeded: what a failure goes back to. */
  async lastGood(place: { clusterId: string; namespace: string; serviceName: string }): Promise<LastGood | undefined> {
    const { clusterId, namespace, serviceName } = place;
    const row = await this.database.deployment.findFirst({
      where: { clusterId, namespace, serviceName, status: 'succeeded' },
      orderBy: { createdAt: 'desc' },
      select: { id: true, desired: true, inventory: true },
    });
    return row === null
      ? undefined
      : { ...row, inventory: (row.inventory ?? []) as unknown as readonly InventoryEntry[] };
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

function isUniqueViolation(error: unknown): boolean {
  return error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
}
