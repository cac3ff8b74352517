import { join } from 'node:path';
import { ownerUrl, provisionDatabase, startNats, startPostgres } from '@ushadow/testing/servers';
import type { Ownership, ServerContext } from '@ushadow/testing/servers';
import { SCHEMAS } from '@ushadow/testing/services';
import type { SchemaName } from '@ushadow/testing/services';
import type { DataDirectory } from './data-directory.ts';
import { persistedSecret, randomPassword } from './data-directory.ts';

const DATABASE = 'ushadow';

export type DevelopmentServers = {
  readonly natsUrl: string;
  readonly databaseUrls: Readonly<Record<SchemaName, string>>;
  /** Where each came from, for the line a person reads. */
  readonly sources: { readonly postgres: string; readonly nats: string };
  readonly stop: () => Promise<void>;
};

/** Starts Postgres and NATS on the data of this checkout and gives every owning service its role and schema. */
export async function startServers(context: ServerContext, data: DataDirectory): Promise<DevelopmentServers> {
  const password = await persistedSecret(join(data.root, 'postgres-password'), randomPassword);
  const [postgres, nats] = await Promise.allSettled([
    startPostgres(context, { directory: data.postgres, password, logFile: join(data.logs, 'postgres.log') }),
    startNats(context, { directory: data.nats, logFile: join(data.logs, 'nats.log') }),
  ]);
  const stop = async (): Promise<void> => {
    for (const server of [nats, postgres]) if (server.status === 'fulfilled') await server.value.stop();
  };
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (nats.status === 'rejected') throw nats.reason;
    const owners = SCHEMAS.map((schema) => owner(schema, password));
    await provisionDatabase(postgres.value.url, DATABASE, owners);
    const urls = owners.map((each) => [each.schema, ownerUrl(postgres.value.url, DATABASE, each)]);
    return {
      natsUrl: nats.value.url,
      databaseUrls: Object.fromEntries(urls) as Record<SchemaName, string>,
      sources: { postgres: postgres.value.source, nats: nats.value.source },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** One password for all roles of a developer's machine; production gives each its own. */
function owner(schema: SchemaName, password: string): Ownership {
  return { schema, role: `ushadow_${schema}`, password };
}
