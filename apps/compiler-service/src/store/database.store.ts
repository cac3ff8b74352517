import { PrismaPg } from '@prisma/adapter-pg';
import { prismaConnection } from '@ushadow/postgres';
import { PrismaClient } from '../generated/prisma/client.ts';

export type Database = PrismaClient;

/** The service's own schema, through a bounded pool. */
export function openDatabase(url: string): Database {
  const { config, options } = prismaConnection({ url, schema: 'catalog', applicationName: 'compiler-service' });
  return new PrismaClient({ adapter: new PrismaPg(config, options) });
}

/** Health check: throws unless the database answers. */
export async function checkDatabase(database: Database): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}
