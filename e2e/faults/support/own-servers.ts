import { adminUrl, repositoryRoot, testAccount, type TestDatabase } from '@ushadow/testing';
import {
  databaseUrl,
  ownerUrl,
  provisionDatabase,
  runningUrl,
  schemaRoles,
  silentProgress,
  startControlPlane,
  startNats,
  startPostgres,
  withClient,
  type ControlPlane,
  type NatsServer,
  type PostgresServer,
  type ServerContext,
} from '@ushadow/testing/servers';
import { SCHEMAS, type SchemaName } from '@ushadow/testing/services';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** No server that the environment names: these are stopped, restarted and robbed of their data. */
const context: ServerContext = {
  env: { ...process.env, NATS_URL: '', USHADOW_POSTGRES_URL: '' },
  root: repositoryRoot(),
  progress: silentProgress,
};

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'ushadow-faults-'));
  await chmod(made, 0o711); // Postgres's own account has to pass through
  return made;
}

const ACCOUNT = testAccount('own');

/** A NATS server of the test's own. */
export class OwnNats {
  readonly url: string;
  readonly #directory: string;
  #server: NatsServer;

  private constructor(directory: string, server: NatsServer) {
    this.#directory = directory;
    this.#server = server;
    this.url = adminUrl(server.url, ACCOUNT);
  }

  static async start(): Promise<OwnNats> {
    const directory = await folder();
    return new OwnNats(directory, await startNats(context, { directory, accounts: [ACCOUNT] }));
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  /** On the same port, with its store as it was left. */
  async startAgain(): Promise<void> {
    const port = Number(new URL(this.url).port);
    this.#server = await startNats(context, { directory: this.#directory, port, accounts: [ACCOUNT] });
  }

  /** Only while it is stopped. */
  async deleteStore(): Promise<void> {
    await rm(join(this.#directory, 'jetstream'), { recursive: true, force: true });
  }

  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

const DATABASE = 'faults';
const PASSWORD = 'test';

/** A Postgres server of the test's own, that keeps what it has committed. */
export class OwnPostgres {
  readonly database: TestDatabase;
  readonly #directory: string;
  #server: PostgresServer;

  private constructor(directory: string, server: PostgresServer) {
    this.#directory = directory;
    this.#server = server;
    const urlsOf = (urlOf: typeof ownerUrl) =>
      Object.fromEntries(ROLES.map((roles) => [roles.schema, urlOf(server.url, DATABASE, roles)])) as Record<
        SchemaName,
        string
      >;
    this.database = {
      name: DATABASE,
      adminUrl: databaseUrl(server.url, DATABASE),
      urls: urlsOf(runningUrl),
      ownerUrls: urlsOf(ownerUrl),
      drop: () => Promise.resolve(),
    };
  }

  static async start(): Promise<OwnPostgres> {
    const directory = await folder();
    const server = await startPostgres(context, { directory: join(directory, 'postgres'), password: PASSWORD });
    await provisionDatabase(server.url, DATABASE, ROLES);
    return new OwnPostgres(directory, server);
  }

  /** Ends every session and transaction, and starts on the same port. */
  async restart(): Promise<void> {
    await this.#server.stop();
    const port = Number(new URL(this.database.adminUrl).port);
    const directory = join(this.#directory, 'postgres');
    this.#server = await startPostgres(context, { directory, password: PASSWORD, port });
  }

  /** Ends the sessions of the services by force, in the middle of whatever they do. */
  async endSessions(): Promise<void> {
    await withClient(this.database.adminUrl, async (client) => {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename LIKE 'ushadow_%' AND pid <> pg_backend_pid()`,
      );
    });
  }

  async remove(): Promise<void> {
    await this.#server.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

const ROLES = SCHEMAS.map((schema) => schemaRoles(schema, PASSWORD));

/** A Kubernetes control plane of the test's own. */
export class OwnCluster {
  readonly plane: ControlPlane;
  readonly kubeconfig: string;
  readonly #directory: string;

  private constructor(directory: string, plane: ControlPlane, kubeconfig: string) {
    this.#directory = directory;
    this.plane = plane;
    this.kubeconfig = kubeconfig;
  }

  static async start(): Promise<OwnCluster> {
    const directory = await folder();
    const plane = await startControlPlane(context, { directory, name: 'faults', nodes: 1, volumes: 10 });
    return new OwnCluster(directory, plane, await readFile(plane.kubeconfig, 'utf8'));
  }

  async remove(): Promise<void> {
    await this.plane.stop();
    await rm(this.#directory, { recursive: true, force: true });
  }
}
