import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keysBehind } from '../isolation/nats-accounts.ts';
import { writeBusKeys } from '../servers/nats/bus-keys.ts';
import { installStreams } from './install-streams.ts';
import { withoutUser } from '../servers/nats/nats-options.ts';
import { KEY_HOLDERS, SCHEMAS, SERVICES } from './catalogue.ts';
import type { KeyHolder, SchemaName, ServiceName } from './catalogue.ts';
import type { SystemSettings } from './service-environment.ts';
import { startService } from './start-service.ts';
import type { RunningService } from './start-service.ts';
import { freePort } from '../servers/process/free-port.ts';
import type { TestDatabase } from '../isolation/test-database.ts';
import { repositoryRoot } from '../isolation/test-environment.ts';

/** A young generation that keeps a service small costs it a quarter of its start: tests have no use for that. */
const YOUNG = '--max-semi-space-size';
const ROOMY = 16;

export type StartServicesOptions = {
  readonly database: TestDatabase;
  /** A NATS account of the test's own: `(await natsFor(import.meta.url)).url`. */
  readonly natsUrl: string;
  /** Folder of Compose files for the catalog. */
  readonly composeDirectory: string;
  /** Which services to start; all by default. */
  readonly only?: readonly ServiceName[];
  /** Extra environment by service. */
  readonly env?: Partial<Readonly<Record<ServiceName, Readonly<Record<string, string>>>>>;
};

/** A whole system of real processes on servers of its own. */
export type RunningSystem = {
  readonly gatewayUrl: string;
  readonly settings: SystemSettings;
  /** The running processes of one service; more than one after `add`. */
  readonly processes: (name: ServiceName) => readonly RunningService[];
  /** Starts one more process of a service, with further environment of its own, and waits until it is ready. */
  readonly add: (name: ServiceName, env?: Readonly<Record<string, string>>) => Promise<RunningService>;
  /** Everything the services wrote so far. */
  readonly logs: (name?: ServiceName) => string;
  readonly stop: () => Promise<void>;
};

/** Fixed keys: what tests encrypt with them is thrown away with their database. */
const keyOf = (name: string): string => `test:${createHash('sha256').update(name).digest('base64')}`;
const TEST_KEYS = Object.fromEntries(KEY_HOLDERS.map((name) => [name, keyOf(name)])) as Record<KeyHolder, string>;
const AUDIT_KEYS = Object.fromEntries(SCHEMAS.map((name) => [name, keyOf(`audit of ${name}`)])) as Record<
  SchemaName,
  string
>;

/** Starts the built services as processes with the environment contract and waits until all are ready. */
export async function startServices(options: StartServicesOptions): Promise<RunningSystem> {
  const { database, natsUrl, composeDirectory, only, env = {} } = options;
  const gatewayPort = await freePort();
  const busKeys = await mkdtemp(join(tmpdir(), 'ushadow-bus-'));
  await writeBusKeys(busKeys, keysBehind(natsUrl));
  const settings: SystemSettings = {
    natsUrl,
    busKeys,
    databaseUrls: database.urls,
    migrationUrls: database.ownerUrls,
    keys: TEST_KEYS,
    auditKeys: AUDIT_KEYS,
    composeDirectory,
    gatewayPort,
    logLevel: 'debug',
    profile: 'development',
  };
  const running: RunningService[] = [];
  const output = new Map<ServiceName, string>();
  const start = async (name: ServiceName, extra = {}): Promise<RunningService> => {
    const service = SERVICES.find((each) => each.name === name);
    if (!service) throw new Error(`unknown service ${name}`);
    const onOutput = (text: string): void => void output.set(name, (output.get(name) ?? '') + text);
    const own = asItself({ ...env[name], ...extra });
    const nodeFlags = service.nodeFlags?.map((flag) => (flag.startsWith(YOUNG) ? `${YOUNG}=${String(ROOMY)}` : flag));
    const root = repositoryRoot();
    const started = await startService({
      root,
      service,
      settings,
      env: own,
      onOutput,
      sourceMaps: false,
      ...(nodeFlags && { nodeFlags }),
    });
    running.push(started);
    return started;
  };
  const stop = async (): Promise<void> => {
    await Promise.all(running.splice(0).map((each) => each.process.stop()));
    await rm(busKeys, { recursive: true, force: true });
  };
  try {
    for (const { name } of SERVICES) if (!only || only.includes(name)) await start(name);
    const hasJobs = !only || only.some((name) => name === 'deployer-service' || name === 'notifier-service');
    await Promise.all([...running.map((each) => each.ready()), hasJobs && installStreams(repositoryRoot(), settings)]);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    gatewayUrl: `http://127.0.0.1:${gatewayPort}`,
    settings,
    processes: (name) => running.filter((each) => each.name === name && !each.process.hasExited()),
    add: async (name, extra) => {
      const added = await start(name, extra);
      await added.ready();
      return added;
    },
    logs: (name) => (name ? (output.get(name) ?? '') : [...output.values()].join('')),
    stop,
  };
}

/** A service comes onto the bus as itself, also where the test names another way to it. */
function asItself({ NATS_URL, ...env }: Readonly<Record<string, string>>): Record<string, string> {
  return { ...env, ...(NATS_URL === undefined ? {} : { NATS_URL: withoutUser(NATS_URL) }) };
}
