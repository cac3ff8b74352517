import { afterEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { promisify } from 'node:util';
import { freePort, isPortFree, portOr } from './free-port.ts';
import { claimPort } from './port-claim.ts';

const open: Server[] = [];

async function occupied(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  open.push(server);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

describe('freePort', () => {
  it('gives each caller a port of its own while none of them listens yet', async () => {
    const ports = await Promise.all(Array.from({ length: 300 }, () => freePort()));
    expect(new Set(ports).size).toBe(300);
  });

  it('keeps a port from callers in other processes too', async () => {
    const port = await freePort();
    const module = JSON.stringify(new URL('./port-claim.ts', import.meta.url).href);
    const script = `import(${module}).then(async ({ claimPort }) => console.log(await claimPort(${port})))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', script]);
    expect([stdout.trim(), await claimPort(port)]).toEqual(['false', false]);
  });

  it('gives the preferred port unless somebody listens on it', async () => {
    const [free, taken] = [await freePort(), await occupied()];
    expect([await portOr(free), await isPortFree(taken)]).toEqual([free, false]);
    expect(await portOr(taken)).not.toBe(taken);
  });
});
