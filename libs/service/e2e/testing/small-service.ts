import { databaseConfig, serviceConfig } from '@ushadow/observability';
import { busSettings } from '@ushadow/messaging';
import { OutboxTable } from '@ushadow/postgres';
import { auditKeysSetting, keyRingSetting, type SealedData } from '@ushadow/secrets';
import { keysBehind, natsFor, testDatabase, type TestDatabase } from '@ushadow/testing';
import { identityFile, servicesFile, writeBusKeys } from '@ushadow/testing/servers';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  KeyChecks,
  openTrail,
  SealedColumn,
  ServiceDatabase,
  startService,
  type StartedService,
} from '../../src/index.ts';

export const settings = serviceConfig
  .extend(busSettings.shape)
  .extend(databaseConfig.shape)
  .extend({ USHADOW_KEYS: keyRingSetting, AUDIT_KEYS: auditKeysSetting });
export type SmallConfig = ReturnType<typeof settings.parse>;

/** A database with one table of its own beside what every service has. */
export class SmallDatabase extends ServiceDatabase<{ readonly $disconnect: () => Promise<void> }> {
  constructor(url: string) {
    super({ service: 'scanner', schema: 'scans', url, connect: () => ({ $disconnect: () => Promise.resolve() }) });
  }
}

/** What binds an envelope of the table to its row. */
export const bindingOf = (id: string) => ({ recordId: id, purpose: 'thing' });

export const sealedData = (database: SmallDatabase): SealedData => ({
  stores: [
    new SealedColumn(database, {
      name: 'things',
      table: 'things',
      id: { column: 'id', type: 'text' },
      envelope: 'sealed',
      keyId: 'key_id',
      bindingOf,
    }),
  ],
  checks: new KeyChecks(database),
});

/** Keys made from words: another word under the same id is another key. */
export const ringOf = (id: string, word = id): string => `${id}:${createHash('sha256').update(word).digest('base64')}`;

export interface SmallService {
  readonly database: TestDatabase;
  readonly natsUrl: string;
  readonly migrations: URL;
  readonly environment: Readonly<Record<string, string>>;
  readonly start: (
    environment?: Readonly<Record<string, string>>,
  ) => Promise<StartedService<SmallConfig, SmallDatabase>>;
  readonly remove: () => Promise<void>;
}

/** All that a small service needs to start: servers, keys on the bus, and migrations. */
export async function smallService(testFile: string): Promise<SmallService> {
  const folder = await mkdtemp(join(tmpdir(), 'small-service-'));
  const database = await testDatabase();
  const { url: natsUrl } = await natsFor(testFile);
  await writeBusKeys(join(folder, 'bus'), keysBehind(natsUrl));
  await writeMigration(join(folder, 'migrations', '0001_all'));
  const bus = new URL(natsUrl);
  const environment = {
    NATS_URL: `nats://${bus.host}`,
    NATS_IDENTITY: identityFile(join(folder, 'bus'), 'scanner'),
    NATS_SERVICES: servicesFile(join(folder, 'bus')),
    DATABASE_URL: database.urls.scans,
    MIGRATION_DATABASE_URL: database.ownerUrls.scans,
    USHADOW_KEYS: ringOf('first'),
    AUDIT_KEYS: ringOf('audit'),
    USHADOW_PROFILE: 'development',
    LOG_LEVEL: 'fatal',
  };
  const migrations = pathToFileURL(join(folder, 'migrations'));
  const opened: SmallDatabase[] = [];
  const openDatabase = (url: string): SmallDatabase => {
    const one = new SmallDatabase(url);
    opened.push(one);
    return one;
  };
  return {
    ...{ database, natsUrl, migrations, environment },
    start: (more = {}) =>
      startService('scanner', {
        ...{ settings, migrations, openDatabase, sealedData },
        environment: { ...environment, ...more },
      }),
    remove: async () => {
      // A process that ends closes what a start that was refused has left open.
      await Promise.allSettled(opened.map((each) => each.close()));
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The tables of every service, and one with a sealed column. */
async function writeMigration(folder: string): Promise<void> {
  const undone = { service: 'scanner', schema: 'scans', postgres: {} } as unknown as SmallDatabase;
  const keys = settings.shape.AUDIT_KEYS.parse(ringOf('audit'));
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'migration.sql'),
    `${new OutboxTable('scans').ddl()}
${openTrail(undone, keys).ddl()}
CREATE TABLE key_checks (key_id text PRIMARY KEY, sealed text NOT NULL);
CREATE TABLE things (
  id     text PRIMARY KEY,
  sealed text,
  key_id text GENERATED ALWAYS AS (split_part(sealed, '.', 2)) STORED
);`,
  );
}
