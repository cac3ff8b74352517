import { ServiceDatabase } from '@ushadow/service';

/** Every statement here asks for several tables at once, or claims rows: none is left that a generated client would write. */
const noClient = { $disconnect: (): Promise<void> => Promise.resolve() };

const CONNECTIONS = 6;

/** The schema of this service. */
export class Database extends ServiceDatabase<typeof noClient> {
  constructor(url: string) {
    super({ service: 'access', schema: 'access', url, max: CONNECTIONS, connect: () => noClient });
  }
}
