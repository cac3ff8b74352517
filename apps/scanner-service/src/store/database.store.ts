import { PrismaPg } from '@prisma/adapter-pg';
import { Postgres, StorePool } from '@ushadow/postgres';
import { PrismaClient } from '../generated/prisma/client.ts';

export interface Database {
  readonly prisma: PrismaClient;
  /**
   * The connections behind it, for statements with large parameters: Prisma's query compiler keeps the parameters of
   * every raw statement for ever (prisma/orm#29774).
   */
  readonly pool: StorePool;
  /** For what must not be mistaken about its end; over the same connections. */
  readonly postgres: Postgres;
}

const CONNECTIONS = 4;

/** The service's own schema, through a bounded pool. */
export function openDatabase(url: string): Database {
  const pool = new StorePool({ url, applicationName: 'scanner-service', max: CONNECTIONS });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'scans' }) });
  return { prisma, pool, postgres: new Postgres(pool) };
}

export async function closeDatabase({ prisma, pool }: Database): Promise<void> {
  await prisma.$disconnect();
  await pool.end();
}
