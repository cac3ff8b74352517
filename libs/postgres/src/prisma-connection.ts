import type { PoolConfig } from 'pg';
import { DroppingClient } from './dropping-client.ts';

export type PrismaConnectionOptions = {
  readonly url: string;
  /** The schema the service owns; Prisma would say `public` otherwise, whatever the search path is. */
  readonly schema: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Connections at most; 10 unless told. */
  readonly poolMax?: number;
};

/** The two arguments of Prisma's Postgres adapter: `new PrismaPg(connection.config, connection.options)`. */
export type PrismaConnection = {
  readonly config: PoolConfig;
  readonly options: { readonly schema: string };
};

/** Settings every service shares: a bounded pool that gives up on a dead server in seconds instead of hanging. */
export function prismaConnection(options: PrismaConnectionOptions): PrismaConnection {
  return {
    config: {
      connectionString: options.url,
      application_name: options.applicationName,
      max: options.poolMax ?? 10,
      connectionTimeoutMillis: 5_000,
      // Over a connection that went silent no answer ever comes.
      query_timeout: 10_000,
      Client: DroppingClient,
      // A transaction of somebody who fell silent in it must not keep its locks: the others wait for them.
      idle_in_transaction_session_timeout: 8_000,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
    },
    options: { schema: options.schema },
  };
}
