import { PrismaPg } from '@prisma/adapter-pg';
import { Postgres, StorePool } from '@ushadow/postgres';
import { PrismaClient } from '../generated/prisma/client.ts';

export type Database = PrismaClient;

export interface OpenDatabase {
  readonly database: Database;
  /** For what must not be mistaken about its end; over the same pool. */
  readonly postgres: Postgres;
  /** Health check: throws unless the database answers, and stores what it is given. */
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The service's own schema, through a bounded pool. */
export function openDatabase(url: string): OpenDatabase {
  const pool = new StorePool({ url, applicationName: 'compiler-service' });
  const database = new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'catalog' }) });
  return {
    database,
    postgres: new Postgres(pool),
    check: () => pool.check(),
    close: async () => {
      await database.$disconnect();
      await pool.end();
    },
  };
}
