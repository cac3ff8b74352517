import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

/** A router of Traefik's file provider. */
export interface FileRouter {
  readonly rule: string;
  readonly service: string;
  readonly priority: number | undefined;
}

export interface FileProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Traefik with the rules as they were written: what everything else is compared with. */
export async function startFileProxy(
  routers: Readonly<Record<string, FileRouter>>,
  addresses: Readonly<Record<string, string>>,
): Promise<FileProxy> {
  const folder = mkdtempSync(join(tmpdir(), 'ushadow-proxy-'));
  const services = Object.entries(addresses).map(([name, url]) => [name, { loadBalancer: { servers: [{ url }] } }]);
  const file = join(folder, 'routes.json.yaml');
  writeFileSync(file, JSON.stringify({ http: { routers, services: Object.fromEntries(services) } }));
  const port = await freePort();
  const path = [process.env.USHADOW_TOOLS_BIN, process.env.PATH].filter(Boolean).join(delimiter);
  const args = [`--entrypoints.web.address=127.0.0.1:${port}`, `--providers.file.filename=${file}`];
  const quiet = ['--global.checknewversion=false', '--global.sendanonymoususage=false', '--log.level=ERROR'];
  const child = spawn('traefik', [...args, ...quiet], { env: { ...process.env, PATH: path }, stdio: 'ignore' });
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
