import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { freePort } from '../process/free-port.ts';
import { startTied } from '../process/tied-process.ts';
import { untilReady } from '../process/until-ready.ts';
import { MAX_CONNECTIONS } from './postgres-options.ts';
import type { PostgresOptions, PostgresServer } from './postgres-options.ts';
import type { PostgresUser } from './postgres-user.ts';

const SUPERUSER = 'postgres';

/** Starts the server from a folder of binaries; its data outlives it in `directory`. */
export async function startLocalPostgres(
  binaries: string,
  user: PostgresUser | undefined,
  { directory, password, port, durable = true, logFile }: PostgresOptions,
): Promise<PostgresServer> {
  const account = user ? { user } : {};
  const data = join(directory, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, user, data, password);
  const chosen = port ?? (await freePort());
  const settings = {
    port: chosen,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: MAX_CONNECTIONS,
    shared_buffers: '64MB',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
  };
  const process = startTied({
    program: join(binaries, 'bin', 'postgres'),
    args: ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    cwd: '/',
    stopSignal: 'INT', // fast shutdown: does not wait for clients
    ...(logFile ? { logFile } : {}),
    ...account,
  });
  const url = `postgres://${SUPERUSER}:${encodeURIComponent(password)}@127.0.0.1:${chosen}/postgres`;
  await untilReady({ name: 'PostgreSQL', process, probe: () => answers(url), timeoutMs: 60_000 });
  return { url, source: 'binaries', stop: process.stop };
}

async function initialise(
  binaries: string,
  user: PostgresUser | undefined,
  data: string,
  password: string,
): Promise<void> {
  const parent = dirname(data);
  await rm(data, { recursive: true, force: true }); // what an interrupted initdb left behind
  await mkdir(parent, { recursive: true, mode: 0o700 });
  const passwordFile = join(parent, 'superuser-password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) {
    await chmod(parent, 0o700);
    await chown(parent, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const initdb = startTied({
    program: join(binaries, 'bin', 'initdb'),
    args: [
      '-D',
      data,
      '-U',
      SUPERUSER,
      '-A',
      'scram-sha-256',
      '-E',
      'UTF8',
      '--locale=C',
      '--no-sync',
      '--pwfile',
      passwordFile,
    ],
    cwd: '/',
    ...(user ? { user } : {}),
  });
  const code = await initdb.exited;
  await rm(passwordFile, { force: true });
  if (code !== 0) throw new Error(`initdb failed:\n${initdb.lastOutput().trim()}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } finally {
    await client.end();
  }
}
