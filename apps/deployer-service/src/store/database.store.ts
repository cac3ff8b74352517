import { PrismaPg } from '@prisma/adapter-pg';
import { Postgres, StorePool, type Limits } from '@ushadow/postgres';
import { PrismaClient } from '../generated/prisma/client.ts';

/** Two ways to the service's own schema, over the same bounded pool. */
export interface Database {
  /** For reading, and for rows that are written by themselves. */
  readonly prisma: PrismaClient;
  /** For leases, deployments, events, the outbox and the audit trail: what must not be mistaken about its end. */
  readonly postgres: Postgres;
  /** Health check: throws unless the database answers, and stores what it is given. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export function openDatabase(url: string, limits?: Limits): Database {
  const pool = new StorePool({ url, applicationName: 'deployer-service', ...(limits === undefined ? {} : { limits }) });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'deployments' }) });
  return {
    prisma,
    postgres: new Postgres(pool),
    check: () => pool.check(),
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
