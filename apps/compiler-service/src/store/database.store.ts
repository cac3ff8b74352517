import { PrismaPg } from '@prisma/adapter-pg';
import { ServiceDatabase } from '@ushadow/service';
import { PrismaClient } from '../generated/prisma/client.ts';

/** The schema of this service. */
export class Database extends ServiceDatabase<PrismaClient> {
  constructor(url: string) {
    super({
      ...{ service: 'compiler', schema: 'catalog', url },
      connect: (pool) => new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'catalog' }) }),
    });
  }
}
