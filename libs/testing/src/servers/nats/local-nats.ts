import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { freePort } from '../process/free-port.ts';
import { startTied } from '../process/tied-process.ts';
import { untilReady } from '../process/until-ready.ts';
import type { FoundProgram } from '../programs/find-program.ts';
import { natsConfig } from './nats-config.ts';
import type { NatsServer } from './nats-options.ts';
import type { NatsOptions } from './nats-options.ts';

const HOST = '127.0.0.1';

/** Starts the program; JetStream's store outlives it in `directory`. */
export async function startLocalNats({ path, source }: FoundProgram, options: NatsOptions): Promise<NatsServer> {
  const { directory, accounts = [], nkeys, tls, logFile } = options;
  const port = options.port ?? (await freePort());
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const config = join(directory, 'nats.conf');
  const storeDirectory = join(directory, 'jetstream');
  const more = { ...(nkeys === undefined ? {} : { nkeys }), ...(tls === undefined ? {} : { tls }) };
  await writeFile(config, natsConfig({ host: HOST, port, storeDirectory, accounts, ...more }), { mode: 0o600 });
  const process = startTied({ program: path, args: ['-c', config], ...(logFile ? { logFile } : {}) });
  await untilReady({ name: 'nats-server', process, probe: () => greets(port), timeoutMs: 20_000 });
  return { url: `nats://${HOST}:${port}`, source, stop: process.stop };
}

/** The server speaks first: `INFO {…}`. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port, timeout: 1_000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => end(data.toString('latin1').startsWith('INFO')));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}
