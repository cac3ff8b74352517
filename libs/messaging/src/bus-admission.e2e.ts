import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { repositoryRoot, selfSigned, tcpProxy, type TcpProxy } from '@ushadow/testing';
import {
  makeBusKeys,
  nkeysOf,
  silentProgress,
  startNats,
  type NatsOptions,
  type NatsServer,
} from '@ushadow/testing/servers';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BusConnection } from './bus-connection.ts';
import type { BusOptions, ServiceKeys } from './bus-identity.ts';

const keys = makeBusKeys();
const context = { env: { ...process.env, NATS_URL: '' }, root: repositoryRoot(), progress: silentProgress };

describe('a NATS server of one’s own', () => {
  let folder: string;
  let tls: { caFile: string; certFile: string; keyFile: string };
  const servers: NatsServer[] = [];
  const connections: BusConnection[] = [];
  let proxy: TcpProxy | undefined;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bus-admission-'));
    const { certificate, privateKey } = selfSigned('nats');
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
    await writeFile(certFile, certificate);
    await writeFile(keyFile, privateKey, { mode: 0o600 });
    tls = { caFile: certFile, certFile, keyFile };
  });
  afterEach(async () => {
    await Promise.all(connections.splice(0).map((connection) => connection.onApplicationShutdown()));
    await proxy?.close();
    proxy = undefined;
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const serve = async (options: Partial<NatsOptions>): Promise<URL> => {
    const server = await startNats(context, { directory: await mkdtemp(join(folder, 'nats-')), ...options });
    servers.push(server);
    return new URL(server.url);
  };
  const enter = (
    url: string,
    more: Partial<BusOptions> = {},
  ): { connection: BusConnection; problem: Promise<string> } => {
    const services = Object.fromEntries(Object.entries(keys).map(([user, { xkey }]) => [user, xkey])) as ServiceKeys;
    const sealKeys = { publicKey: keys.scanner.xkey, seed: new TextEncoder().encode(keys.scanner.xkeySeed) };
    const identity = { user: 'scanner', nkeySeed: keys.scanner.nkeySeed, sealKeys, services } as const;
    const connection = new BusConnection({ url, identity, ...more });
    connections.push(connection);
    const problem = new Promise<string>((resolve) => {
      connection.onProblem = resolve;
    });
    connection.onApplicationBootstrap();
    return { connection, problem };
  };

  it('that is open to everybody is not used', async () => {
    const { connection, problem } = enter((await serve({})).href);
    expect(await problem).toMatch(/lets scanner do anything/);
    expect(connection.isConnected()).toBe(false);
    await expect(connection.check()).rejects.toThrow('npm run bus -- config');
  });

  it('that is given its users while a service waits lets it in then', async () => {
    const open = await serve({});
    const { connection, problem } = enter(open.href);
    await problem;
    await servers.splice(0)[0]?.stop();
    await serve({ port: Number(open.port), nkeys: nkeysOf(keys) });
    await connection.opened();
    await connection.check();
    expect(connection.isConnected()).toBe(true);
  });

  it('that is slow to say what it grants is not called out of date, and is used once it has said so', async () => {
    const { hostname: host, port } = await serve({ nkeys: nkeysOf(keys) });
    proxy = await tcpProxy({ host, port: Number(port) });
    const { pause, mend } = proxy;
    const { connection, problem } = enter(`nats://${proxy.host}:${String(proxy.port)}`);
    // Before the question is asked.
    connection.client.status.subscribe((status) => {
      if (String(status) === 'connected') pause();
    });
    expect(await problem).toMatch(/did not say what scanner may do \(it gave no answer in time\)/);
    expect(connection.isConnected()).toBe(false);
    mend();
    await connection.opened();
    expect(connection.isConnected()).toBe(true);
  });

  it('with TLS is reached by its certificate authority and a client certificate', async () => {
    const { host } = await serve({ nkeys: nkeysOf(keys), tls });
    const { connection } = enter(`tls://${host}`, { tls });
    await connection.opened();
    await connection.check();
    expect(connection.native().info?.tls_required).toBe(true);
  });

  it('with a certificate that nobody vouches for is not used', async () => {
    const { host } = await serve({ nkeys: nkeysOf(keys), tls });
    const { certFile, keyFile } = tls;
    const { connection, problem } = enter(`tls://${host}`, { tls: { certFile, keyFile } });
    expect(await problem).toMatch(/certificate.*NATS_CA/);
    expect(connection.isConnected()).toBe(false);
  });

  it('does not let in who comes without a client certificate', async () => {
    const { host } = await serve({ nkeys: nkeysOf(keys), tls });
    const { connection, problem } = enter(`tls://${host}`, { tls: { caFile: tls.caFile } });
    expect(await problem).toMatch(/client certificate/);
    expect(connection.isConnected()).toBe(false);
  });

  it('that offers no TLS is sent nothing by who asks for tls://', async () => {
    const { host } = await serve({ nkeys: nkeysOf(keys) });
    const { connection, problem } = enter(`tls://${host}`);
    expect(await problem).toMatch(/offers no TLS/);
    expect(connection.isConnected()).toBe(false);
  });
});
