import { join } from 'node:path';
import { ownerUrl, provisionDatabase, startNats, startPostgres } from '@ushadow/testing/servers';
import type { Ownership, ServerContext } from '@ushadow/testing/servers';
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
  /** Where each came from, for the line a person reads. */
  readonly sources: { readonly postgres: string; readonly nats: string };
  readonly stop: () => Promise<void>;
};

export type DevelopmentDatabase = {
  readonly urls: Readonly<Record<SchemaName, string>>;
  readonly source: string;
  readonly stop: () => Promise<void>;
};

/** Starts Postgres and NATS on the data of this checkout and gives every owning service its role and schema. */
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
    const owners = SCHEMAS.map((schema) => owner(schema, password));
    await provisionDatabase(postgres.url, DATABASE, owners);
    const urls = owners.map((each) => [each.schema, ownerUrl(postgres.url, DATABASE, each)]);
    return {
      urls: Object.fromEntries(urls) as Record<SchemaName, string>,
      source: postgres.source,
      stop: postgres.stop,
    };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** One password for all roles of a developer's machine; production gives each its own. */
function owner(schema: SchemaName, password: string): Ownership {
  return { schema, role: `ushadow_${schema}`, password };
}
