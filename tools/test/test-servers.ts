import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareTemplateDatabase, testAccounts, TEST_VARIABLES } from '@ushadow/testing';
import { startControlPlane, startNats, startPostgres } from '@ushadow/testing/servers';
import type { ControlPlane, NatsServer, PostgresServer, ServerContext } from '@ushadow/testing/servers';
import { findChromium } from './find-chromium.ts';

/** The servers all test files of a run share. */
export type TestServers = {
  /** What the test files read. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

type Stoppable = Pick<PostgresServer, 'stop'>;

/** Starts Postgres, NATS and a Kubernetes control plane; a `USHADOW_TEST_*` variable that is set stands for its server. */
export async function startTestServers(context: ServerContext, scratch: string): Promise<TestServers> {
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
    const [postgresUrl, natsUrl, cluster] = await settled([
      postgres(context, scratch, keep),
      nats(context, scratch, keep),
      controlPlane(context, scratch, keep),
    ] as const);
    await prepareTemplateDatabase(postgresUrl);
    const chromium = findChromium(context.env);
    const env = {
      [TEST_VARIABLES.state]: state,
      [TEST_VARIABLES.postgresUrl]: postgresUrl,
      [TEST_VARIABLES.natsUrl]: natsUrl,
      ...cluster,
      ...(chromium ? { [TEST_VARIABLES.chromium]: chromium } : {}),
    };
    return { env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Keep = <T extends Stoppable>(server: T) => T;

async function postgres(context: ServerContext, scratch: string, keep: Keep): Promise<string> {
  const given = context.env[TEST_VARIABLES.postgresUrl];
  if (given) return given;
  const server = startPostgres(context, { directory: join(scratch, 'postgres'), password: 'test', durable: false });
  return keep<PostgresServer>(await server).url;
}

async function nats(context: ServerContext, scratch: string, keep: Keep): Promise<string> {
  const given = context.env[TEST_VARIABLES.natsUrl];
  if (given) return given;
  // NATS_URL is not asked: test files need accounts of their own, which somebody's server does not have.
  const env = { ...context.env, NATS_URL: '' };
  const server = startNats({ ...context, env }, { directory: join(scratch, 'nats'), accounts: testAccounts });
  return keep<NatsServer>(await server).url;
}

async function controlPlane(context: ServerContext, scratch: string, keep: Keep): Promise<Record<string, string>> {
  const given = context.env[TEST_VARIABLES.kubeconfig];
  if (given) return { [TEST_VARIABLES.kubeconfig]: given };
  const options = { directory: join(scratch, 'kubernetes'), name: 'test', nodes: 2, volumes: 100 };
  const server = keep<ControlPlane>(await startControlPlane(context, options));
  return { [TEST_VARIABLES.kubeconfig]: server.kubeconfig, [TEST_VARIABLES.auditLog]: server.auditLog };
}

/** All results, or the first failure once every attempt has ended, so that what did start can be stopped. */
async function settled<T extends readonly unknown[]>(attempts: { readonly [K in keyof T]: Promise<T[K]> }): Promise<T> {
  await Promise.allSettled(attempts);
  return (await Promise.all(attempts)) as unknown as T;
}
