import { join } from 'node:path';
import {
  ownerUrl,
  provisionDatabase,
  runningUrl,
  schemaRoles,
  startNats,
  startPostgres,
} from '@ushadow/testing/servers';
import type { ServerContext } from '@ushadow/testing/servers';
import { SCHEMAS } from '@ushadow/testing/services';
import type { SchemaName } from '@ushadow/testing/services';
import type { DataDirectory } from './data-directory.ts';
import { busNkeys } from '../bus/bus-nkeys.ts';
import { persistedSecret, randomPassword } from './data-directory.ts';

const DATABASE = 'ushadow';

export type DevelopmentServers = {
  readonly natsUrl: string;
  /** Folder with the keys of everybody on the bus. */
  readonly busKeys: string;
  readonly databaseUrls: Readonly<Record<SchemaName, string>>;
  readonly migrationUrls: Readonly<Record<SchemaName, string>>;
  /** Where each came from, for the line a person reads. */
  readonly sources: { readonly postgres: string; readonly nats: string };
  readonly stop: () => Promise<void>;
};

export type DevelopmentDatabase = {
  readonly urls: Readonly<Record<SchemaName, string>>;
  readonly ownerUrls: Readonly<Record<SchemaName, string>>;
  readonly source: string;
  readonly stop: () => Promise<void>;
};

/** Starts Postgres and NATS on the data of this checkout and gives every owning service its roles and schema. */
export async function startServers(context: ServerContext, data: DataDirectory): Promise<DevelopmentServers> {
  const [database, nats] = await Promise.allSettled([
    startDatabase(context, data),
    startNats(context, { directory: data.nats, logFile: join(data.logs, 'nats.log'), nkeys: await busNkeys(data.bus) }),
  ]);
  const stop = async (): Promise<void> => {
    for (const server of [nats, database]) if (server.status === 'fulfilled') await server.value.stop();
  };
  if (database.status === 'fulfilled' && nats.status === 'fulfilled') {
    return {
      natsUrl: nats.value.url,
      busKeys: data.bus,
      databaseUrls: database.value.urls,
      migrationUrls: database.value.ownerUrls,
      sources: { postgres: database.value.source, nats: nats.value.source },
      stop,
    };
  }
  await stop();
  throw database.status === 'rejected' ? database.reason : (nats as PromiseRejectedResult).reason;
}

/** Postgres alone, with the roles and schemas of the services. */
export async function startDatabase(context: ServerContext, data: DataDirectory): Promise<DevelopmentDatabase> {
  const password = await persistedSecret(join(data.root, 'postgres-password'), randomPassword);
  const logFile = join(data.logs, 'postgres.log');
  const postgres = await startPostgres(context, { directory: data.postgres, password, logFile });
  try {
    // One password for all roles of a developer's machine; production gives each its own.
    const services = SCHEMAS.map((schema) => schemaRoles(schema, password));
    await provisionDatabase(postgres.url, DATABASE, services);
    const urlsOf = (urlOf: typeof ownerUrl) =>
      Object.fromEntries(services.map((each) => [each.schema, urlOf(postgres.url, DATABASE, each)])) as Record<
        SchemaName,
        string
      >;
    return {
      urls: urlsOf(runningUrl),
      ownerUrls: urlsOf(ownerUrl),
      source: postgres.source,
      stop: postgres.stop,
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
