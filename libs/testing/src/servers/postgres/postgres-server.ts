import type { ServerContext } from '../context.ts';
import { firstProvider } from '../first-provider.ts';
import { startContainerPostgres } from './container-postgres.ts';
import { embeddedBinaries } from './embedded-binaries.ts';
import { startLocalPostgres } from './local-postgres.ts';
import { postgresUser } from './postgres-user.ts';

export type PostgresOptions = {
  /** Holds the data; made when missing. As root it must be reachable for Postgres's own account. */
  readonly directory: string;
  /** Of the superuser; fixed when the data directory is made. */
  readonly password: string;
  /** Any free port unless told. */
  readonly port?: number;
  /** False trades safety on power loss for speed, as tests want it. */
  readonly durable?: boolean;
  readonly logFile?: string;
};

/** A Postgres server on loopback. `url` is a superuser's; a server that was given to us is left running by `stop`. */
export type PostgresServer = {
  readonly url: string;
  readonly source: 'environment' | 'binaries' | 'container';
  readonly stop: () => Promise<void>;
};

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
