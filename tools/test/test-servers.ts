import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareTemplateDatabase, testAccounts, TEST_VARIABLES } from '@ushadow/testing';
import { startControlPlane, startNats, startPostgres } from '@ushadow/testing/servers';
import type { ControlPlane, NatsServer, PostgresServer, ServerContext } from '@ushadow/testing/servers';
import { findChromium } from './find-chromium.ts';

/** The servers all test files of a run share. */
export type TestServers = {
  /** What the test files read. */
  readonly env: Environment;
  readonly stop: () => Promise<void>;
};

type Environment = Readonly<Record<string, string>>;
type Stoppable = Pick<PostgresServer, 'stop'>;

export type ServerName = 'postgres' | 'nats' | 'cluster';

const ALL: readonly ServerName[] = ['postgres', 'nats', 'cluster'];
/** Each is bound once: as many claims as all tests of a run make. */
const VOLUMES = 100;

/** Starts the servers that are needed; a `USHADOW_TEST_*` variable that is set stands for its server. */
export async function startTestServers(
  context: ServerContext,
  scratch: string,
  needs: readonly ServerName[] = ALL,
  volumes = VOLUMES,
): Promise<TestServers> {
  await chmod(scratch, 0o711); // Postgres's own account has to pass through
  const state = join(scratch, 'state');
  await mkdir(state);
  const started: Stoppable[] = [];
  const keep = <T extends Stoppable>(server: T): T => {
    started.push(server);
    return server;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(started.splice(0).map((server) => server.stop()));
  };
  try {
    const cluster: Starter = (...own) => controlPlane(volumes, ...own);
    const starters = { postgres, nats, cluster };
    const parts = await settled(needs.map((name) => starters[name](context, scratch, keep)));
    const chromium = findChromium(context.env);
    const own = { [TEST_VARIABLES.state]: state, ...(chromium ? { [TEST_VARIABLES.chromium]: chromium } : {}) };
    return { env: Object.assign(own, ...parts) as Environment, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Starter = (context: ServerContext, scratch: string, keep: Keep) => Promise<Environment>;
type Keep = <T extends Stoppable>(server: T) => T;

async function postgres(context: ServerContext, scratch: string, keep: Keep): Promise<Environment> {
  const start = async (): Promise<string> => {
    const options = { directory: join(scratch, 'postgres'), password: 'test', durable: false };
    return keep<PostgresServer>(await startPostgres(context, options)).url;
  };
  const url = context.env[TEST_VARIABLES.postgresUrl] || (await start());
  await prepareTemplateDatabase(url);
  return { [TEST_VARIABLES.postgresUrl]: url };
}

async function nats(context: ServerContext, scratch: string, keep: Keep): Promise<Environment> {
  const start = async (): Promise<string> => {
    // NATS_URL is not asked: test files need accounts of their own, which somebody's server does not have.
    const own = { ...context, env: { ...context.env, NATS_URL: '' } };
    return keep<NatsServer>(await startNats(own, { directory: join(scratch, 'nats'), accounts: testAccounts() })).url;
  };
  return { [TEST_VARIABLES.natsUrl]: context.env[TEST_VARIABLES.natsUrl] || (await start()) };
}

async function controlPlane(
  volumes: number,
  context: ServerContext,
  scratch: string,
  keep: Keep,
): Promise<Environment> {
  const given = context.env[TEST_VARIABLES.kubeconfig];
  if (given) return { [TEST_VARIABLES.kubeconfig]: given };
  const options = { directory: join(scratch, 'kubernetes'), name: 'test', nodes: 4, volumes };
  const server = keep<ControlPlane>(await startControlPlane(context, options));
  return { [TEST_VARIABLES.kubeconfig]: server.kubeconfig, [TEST_VARIABLES.auditLog]: server.auditLog };
}

/** All results, or the first failure once every attempt has ended, so that what did start can be stopped. */
async function settled<T>(attempts: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(attempts);
  return Promise.all(attempts);
}
