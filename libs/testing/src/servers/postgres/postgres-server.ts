import type { ServerContext } from '../context.ts';
import { firstProvider } from '../first-provider.ts';
import { startContainerPostgres } from './container-postgres.ts';
import { embeddedBinaries } from './embedded-binaries.ts';
import { startLocalPostgres } from './local-postgres.ts';
import type { PostgresOptions, PostgresServer } from './postgres-options.ts';
import { postgresUser } from './postgres-user.ts';

/** `USHADOW_POSTGRES_URL`, else npm's binaries, else a container. */
export async function startPostgres(context: ServerContext, options: PostgresOptions): Promise<PostgresServer> {
  return firstProvider<PostgresServer>(
    'PostgreSQL',
    [
      { name: 'USHADOW_POSTGRES_URL', find: async () => given(context.env['USHADOW_POSTGRES_URL']) },
      {
        name: "npm's binaries",
        find: async () => {
          const user = postgresUser();
          const binaries = await embeddedBinaries(context, user);
          return binaries === undefined ? undefined : startLocalPostgres(binaries, user, options);
        },
      },
      { name: 'a container engine', find: () => startContainerPostgres(options) },
    ],
    'Start Docker, or set USHADOW_POSTGRES_URL to the URL of a superuser of a PostgreSQL 16 or newer.',
  );
}

function given(url: string | undefined): PostgresServer | undefined {
  return url ? { url, source: 'environment', stop: async () => undefined } : undefined;
}
