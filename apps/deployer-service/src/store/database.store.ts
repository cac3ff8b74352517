import { PrismaPg } from '@prisma/adapter-pg';
import { prismaConnection } from '@ushadow/postgres';
import { PrismaClient } from '../generated/prisma/client.ts';

export type Database = PrismaClient;

/** Transactions wait for each other's locks, and for a connection when many want one. Milliseconds. */
const PATIENCE = { maxWait: 10_000, timeout: 15_000 };

/** The service's own schema, through a bounded pool. */
export function openDatabase(url: string): Database {
  const { config, options } = prismaConnection({ url, schema: 'deployments', applicationName: 'deployer-service' });
  return new PrismaClient({ adapter: new PrismaPg(config, options), transactionOptions: PATIENCE });
}

/** Health check: throws unless the database answers. */
export async function checkDatabase(database: Database): Promise<void> {
  await database.$queryRaw`SELECT 1`;
}
