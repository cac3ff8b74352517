import { ServiceDatabase } from '@ushadow/service';

/** Every statement here claims, counts or compares rows: none is left that a generated client would write. */
const noClient = { $disconnect: (): Promise<void> => Promise.resolve() };

const CONNECTIONS = 6;

/** The schema of this service. */
export class Database extends ServiceDatabase<typeof noClient> {
  constructor(url: string) {
    super({ service: 'notifier', schema: 'notifications', url, max: CONNECTIONS, connect: () => noClient });
  }
}
