import { PrismaPg } from '@prisma/adapter-pg';
import type { Limits } from '@ushadow/postgres';
import { ServiceDatabase } from '@ushadow/service';
import { PrismaClient } from '../generated/prisma/client.ts';

/** The schema of this service. */
export class Database extends ServiceDatabase<PrismaClient> {
  constructor(url: string, limits?: Limits) {
    super({
      ...{ service: 'deployer', schema: 'deployments', url, limits },
      connect: (pool) => new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'deployments' }) }),
    });
  }
}
