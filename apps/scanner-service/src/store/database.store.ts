import { PrismaPg } from '@prisma/adapter-pg';
import { ServiceDatabase } from '@ushadow/service';
import { PrismaClient } from '../generated/prisma/client.ts';

const CONNECTIONS = 4;

/**
 * The schema of this service. Statements with large parameters go to the pool itself: Prisma's query compiler keeps the
 * parameters of every raw statement for ever (prisma/orm#29774).
 */
export class Database extends ServiceDatabase<PrismaClient> {
  constructor(url: string) {
    super({
      ...{ service: 'scanner', schema: 'scans', url, max: CONNECTIONS },
      connect: (pool) => new PrismaClient({ adapter: new PrismaPg(pool, { schema: 'scans' }) }),
    });
  }
}
