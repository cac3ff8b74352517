import { Injectable } from '@nestjs/common';
import type { OwnedEntry } from '../../content/owned-entry.ts';
import type { UsedVariableData, Target } from '@ushadow/contracts';
import { Prisma } from '../../generated/prisma/client.ts';
import { Database } from '../../store/database.store.ts';
import { fromRow, visibleColumns } from './deployment-row.store.ts';
import { decodeCursor, encodeCursor } from '../cursor.ts';
import type { Deployment } from '../deployment.ts';
import { targetColumns } from '../../store/target-columns.ts';

export interface Page {
  readonly deployments: readonly Deployment[];
  readonly nextCursor: string | null;
}

const FIRST_PAGE = 5;
const PAGE = 100;
/** Statuses of what has not ended. */
const UNDER_WAY = ['queued', 'pending', 'deploying'];

/** Reads deployments. */
@Injectable()
export class DeploymentStore {
  constructor(private readonly database: Database) {}

  async find(id: string): Promise<Deployment | undefined> {
    const row = await this.database.prisma.deployment.findUnique({ where: { id }, select: visibleColumns });
    return row === null ? undefined : fromRow(row);
  }

  /** What it wants of its stack, still encrypted; null where only its history is left. */
  async desired(id: string): Promise<string | null> {
    return (await this.database.prisma.deployment.findUniqueOrThrow({ where: { id }, select: { desired: true } }))
      .desired;
  }

  /** The complete state it has left, still encrypted; null where it left none. */
  async content(id: string): Promise<string | null> {
    return (await this.database.prisma.deployment.findUniqueOrThrow({ where: { id }, select: { content: true } }))
      .content;
  }

  /** The last deployment of a stack that left it in a good state, below a revision: what a failure goes back to. */
  async lastGood(stackId: string, below?: number): Promise<Deployment | undefined> {
    const row = await this.database.prisma.deployment.findFirst({
      where: { stackId, content: { not: null }, ...under(below) },
      orderBy: { revision: 'desc' },
      select: visibleColumns,
    });
    return row === null ? undefined : fromRow(row);
  }

  /** What is ours of a stack in its cluster: what the last deployment below a revision has left, however it ended. */
  async inventory(stackId: string, below?: number): Promise<readonly OwnedEntry[] | undefined> {
    const row = await this.database.prisma.deployment.findFirst({
      // One that ended before a worker had it has none.
      where: { stackId, inventory: { not: Prisma.DbNull }, ...under(below) },
      orderBy: { revision: 'desc' },
      select: { inventory: true },
    });
    return row === null ? undefined : (row.inventory as unknown as readonly OwnedEntry[]);
  }

  async isUnderWay(stackId: string): Promise<boolean> {
    const where = { stackId, status: { in: UNDER_WAY } };
    return (await this.database.prisma.deployment.findFirst({ where, select: { id: true } })) !== null;
  }

  /**
   * Services that have something of a stack in its cluster, or are about to have it: also those that no good revision has,
   * since a failure has left them or a deployment of them is under way. What has left data alone is not there.
   */
  async servicesThere(stackId: string): Promise<string[]> {
    const [inventory = [], underWay] = await Promise.all([
      this.inventory(stackId),
      this.database.prisma.deployment.findMany({
        where: { stackId, status: { in: UNDER_WAY } },
        select: { services: true },
      }),
    ]);
    const running = inventory.filter(({ object }) => object.kind !== 'PersistentVolumeClaim');
    const services = [...running, ...underWay].flatMap((each) => each.services ?? []);
    return [...new Set(services)].sort();
  }

  /** What was ours in the cluster when this one ended; undefined where that is not known any more. */
  async inventoryOf(id: string): Promise<readonly OwnedEntry[] | undefined> {
    const row = await this.database.prisma.deployment.findUnique({ where: { id }, select: { inventory: true } });
    return (row?.inventory ?? undefined) as unknown as readonly OwnedEntry[] | undefined;
  }

  /** Newest first. */
  async ofStack(
    stackId: string,
    {
      below,
      above,
      limit,
      service,
    }: {
      below?: number | undefined;
      above?: number | undefined;
      limit: number;
      service?: string | undefined;
    },
  ): Promise<Deployment[]> {
    const rows = await this.database.prisma.deployment.findMany({
      where: {
        ...{ stackId, ...under(below) },
        ...(above === undefined ? {} : { AND: { revision: { gt: above } } }),
        ...(service === undefined ? {} : { services: { has: service } }),
      },
      orderBy: { revision: 'desc' },
      take: limit,
      select: visibleColumns,
    });
    return rows.map(fromRow);
  }

  /** Newest first, read in pages as far as somebody asks for them: mostly the first few are enough. */
  async *allOfStack(stackId: string, below?: number): AsyncGenerator<Deployment, void, undefined> {
    let next = below;
    for (let limit = FIRST_PAGE; ; limit = PAGE) {
      const page = await this.ofStack(stackId, { below: next, limit });
      yield* page;
      if (page.length < limit) return;
      next = page.at(-1)?.revision;
    }
  }

  async findRevision(stackId: string, revision: number): Promise<Deployment | undefined> {
    const row = await this.database.prisma.deployment.findFirst({
      where: { stackId, revision },
      select: visibleColumns,
    });
    return row === null ? undefined : fromRow(row);
  }

  /** The revision of a stack that has this tag. */
  async findTag(stackId: string, tag: string): Promise<Deployment | undefined> {
    const row = await this.database.prisma.deployment.findFirst({
      // As the index has it.
      where: { stackId, NOT: { tags: { isEmpty: true } }, tags: { has: tag } },
      select: visibleColumns,
    });
    return row === null ? undefined : fromRow(row);
  }

  /** Numbers of revisions by their ids. */
  async numbersOf(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.prisma.deployment.findMany({
      where: { id: { in: [...new Set(ids)] } },
      select: { id: true, revision: true },
    });
    return new Map(rows.map(({ id, revision }) => [id, revision]));
  }

  /** The newest deployment of each service of some stacks; those that are under way as well. */
  async newestByService(
    stackIds: readonly string[],
  ): Promise<{ stackId: string; service: string; deployment: Deployment }[]> {
    const found = await this.database.prisma.$queryRaw<{ id: string; stack_id: string; service: string }[]>`
      SELECT DISTINCT ON (stack_id, service) id, stack_id, service
        FROM deployments.deployments, unnest(services) AS service
       WHERE stack_id = ANY(${[...stackIds]}::uuid[])
       ORDER BY stack_id, service, revision DESC`;
    const ids = [...new Set(found.map(({ id }) => id))];
    const rows = await this.database.prisma.deployment.findMany({ where: { id: { in: ids } }, select: visibleColumns });
    const byId = new Map(rows.map((row) => [row.id, fromRow(row)]));
    return found.flatMap(({ id, stack_id: stackId, service }) => {
      const deployment = byId.get(id);
      return deployment === undefined ? [] : [{ stackId, service, deployment }];
    });
  }

  /** The newest deployment of a service to a place, with the environment it was made with. */
  async lastEnvironment(place: {
    target: Target;
    namespace: string;
    project: string;
    service: string;
  }): Promise<{ id: string; createdAt: Date; environment: readonly UsedVariableData[] } | undefined> {
    const { service, target, ...stack } = place;
    const row = await this.database.prisma.deployment.findFirst({
      where: { ...stack, ...targetColumns(target), services: { has: service }, kind: 'deploy' },
      orderBy: { createdAt: 'desc' },
      select: { id: true, createdAt: true, environment: true },
    });
    if (row === null) return undefined;
    const environment = row.environment as unknown as Readonly<Record<string, readonly UsedVariableData[]>>;
    return { id: row.id, createdAt: row.createdAt, environment: environment[service] ?? [] };
  }

  /** Newest first. The cursor is the last row's creation time and id, so that pages stay stable while new ones arrive. */
  async list(filter: {
    target?: Target | undefined;
    stackId?: string | undefined;
    limit: number;
    cursor?: string | undefined;
  }): Promise<Page> {
    const after = filter.cursor === undefined ? undefined : decodeCursor(filter.cursor);
    const rows = await this.database.prisma.deployment.findMany({
      where: {
        ...(filter.target === undefined ? {} : targetColumns(filter.target)),
        ...(filter.stackId === undefined ? {} : { stackId: filter.stackId }),
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

function under(revision: number | undefined): Prisma.DeploymentWhereInput {
  return revision === undefined ? {} : { revision: { lt: revision } };
}
