import { afterEach, describe, expect, it } from '@jest/globals';
import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HealthServer, startHealthServer } from './health-server.ts';

const away = () => Promise.reject(new Error('away'));
const there = () => Promise.resolve();

describe('the health of a process', () => {
  it('is alive while it waits for what it needs, while that is away, and while it ends', async () => {
    const health = new HealthServer();
    expect(await health.answer('/healthz')).toEqual([200, { status: 'ok' }]);
    health.serve({ database: away });
    expect(await health.answer('/healthz')).toEqual([200, { status: 'ok' }]);
    health.end();
    expect(await health.answer('/healthz')).toEqual([200, { status: 'ok' }]);
  });

  it('is ready from when it serves until it ends, as long as what it needs is there', async () => {
    const health = new HealthServer();
    expect(await health.answer('/readyz')).toEqual([503, { ready: false, checks: { process: 'starting' } }]);
    health.serve({ database: there });
    expect(await health.answer('/readyz')).toEqual([200, { ready: true, checks: { database: 'ok' } }]);
    health.end();
    expect(await health.answer('/readyz')).toEqual([503, { ready: false, checks: { process: 'ending' } }]);
  });

  it('asks a dependency once for all who ask at the same moment', async () => {
    let asked = 0;
    const health = new HealthServer();
    health.serve({
      database: async () => {
        asked++;
        await there();
      },
    });
    await Promise.all([health.answer('/readyz'), health.answer('/readyz'), health.answer('/readyz')]);
    expect(asked).toBe(1);
  });

  describe('on a port', () => {
    let health: HealthServer | undefined;
    let other: Server | undefined;
    afterEach(() => {
      health?.close();
      other?.close();
    });

    async function freePort(): Promise<number> {
      const probe = createServer();
      await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
      const { port } = probe.address() as AddressInfo;
      await new Promise((resolve) => probe.close(resolve));
      return port;
    }

    it('is answered at the host that the settings name, where a kubelet reaches it', async () => {
      const port = await freePort();
      health = await startHealthServer({ HEALTH_PORT: port, HEALTH_HOST: '0.0.0.0' });
      expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
      expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(503);
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(404);
    });

    it('does not start on a port that is taken', async () => {
      const port = await freePort();
      other = createServer();
      await new Promise<void>((resolve) => other?.listen(port, '127.0.0.1', resolve));
      await expect(startHealthServer({ HEALTH_PORT: port, HEALTH_HOST: '127.0.0.1' })).rejects.toThrow('EADDRINUSE');
    });
  });
});
