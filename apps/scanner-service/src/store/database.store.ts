import { PrismaPg } from '@prisma/adapter-pg';
import { prismaConnection } from '@ushadow/postgres';
import pg from 'pg';
import { PrismaClient } from '../generated/prisma/client.ts';

export interface Database {
  readonly prisma: PrismaClient;
  /**
   * The connections behind it, for statements with large parameters: Prisma's query compiler keeps the parameters of
   * every raw statement for ever (prisma/orm#29774).
   */
  readonly pool: pg.Pool;
}

/** The service's own schema, through a bounded pool. */
export function openDatabase(url: string): Database {
  const { config, options } = prismaConnection({
    url,
    schema: 'scans',
    applicationName: 'scanner-service',
    poolMax: 4,
  });
  const pool = new pg.Pool(config);
  // A connection that breaks while nobody uses it is replaced; who uses one hears of it by its own query.
  pool.on('error', () => undefined);
  return { prisma: new PrismaClient({ adapter: new PrismaPg(pool, options) }), pool };
}

/** Health check: throws unless the database answers. */
export async function checkDatabase({ pool }: Database): Promise<void> {
  await pool.query('SELECT 1');
}

export async function closeDatabase({ prisma, pool }: Database): Promise<void> {
  await prisma.$disconnect();
  await pool.end();
}
