import type { ServiceName } from '@ushadow/contracts';
import { Postgres, StorePool, type Limits } from '@ushadow/postgres';

interface Client {
  readonly $disconnect: () => Promise<void>;
}

export interface ServiceDatabaseOptions<C extends Client> {
  readonly service: ServiceName;
  readonly schema: string;
  readonly url: string;
  /** Connections at most. */
  readonly max?: number;
  readonly limits?: Limits | undefined;
  /** The generated client, over the connections of the pool. */
  readonly connect: (pool: StorePool) => C;
}

/** Two ways to a service's own schema, over the same bounded pool. */
export class ServiceDatabase<C extends Client> {
  readonly service: ServiceName;
  readonly schema: string;
  readonly pool: StorePool;
  /** For reading, and for rows that are written by themselves. */
  readonly prisma: C;
  /** For what must not be mistaken about its end: leases, deployments, events, the outbox and the audit trail. */
  readonly postgres: Postgres;

  constructor({ service, schema, url, max, limits, connect }: ServiceDatabaseOptions<C>) {
    this.service = service;
    this.schema = schema;
    this.pool = new StorePool({
      ...{ url, applicationName: `${service}-service` },
      ...(max === undefined ? {} : { max }),
      ...(limits === undefined ? {} : { limits }),
    });
    this.prisma = connect(this.pool);
    this.postgres = new Postgres(this.pool);
  }

  /** Health check: throws unless the database answers, and stores what it is given. */
  readonly check = (): Promise<void> => this.pool.check();

  readonly close = async (): Promise<void> => {
    await this.prisma.$disconnect();
    await this.pool.end();
  };
}

export type AnyDatabase = ServiceDatabase<Client>;
