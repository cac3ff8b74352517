import { ServiceDatabase } from '@ushadow/service';

const CONNECTIONS = 4;
/** Nothing is generated for a schema that holds no table of its own beside the audit. */
const NO_CLIENT = { $disconnect: () => Promise.resolve() };

/** The schema of this service: its audit, and answers under a key. */
export class Database extends ServiceDatabase<typeof NO_CLIENT> {
  constructor(url: string) {
    super({ service: 'operations', schema: 'operations', url, max: CONNECTIONS, connect: () => NO_CLIENT });
  }
}
