import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';

describe('the streams of operations-service', () => {
  let system: RunningSystem;
  let database: TestDatabase;

  beforeAll(async () => {
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    const only = ['cluster-service', 'deployer-service', 'operations-service', 'gateway'] as const;
    system = await startServices({ database, natsUrl, composeDirectory: '/nonexistent', only });
  }, 60_000);
  afterAll(async () => {
    await system?.stop();
    await database?.drop();
  }, 60_000);

  const get = (path: string) => fetch(`${system.gatewayUrl}${path}`, { signal: AbortSignal.timeout(10_000) });

  it('of a stack that there is not are not found, before anything of them is answered', async () => {
    for (const id of ['6b1d1c4e-1111-4111-8111-111111111111', 'nonsense'])
      for (const path of [`/api/stacks/${id}/logs/stream`, `/api/stacks/${id}/logs`]) {
        const response = await get(path);
        expect([path, response.status]).toEqual([path, 404]);
        expect(await response.json()).toMatchObject({ code: 'STACK_NOT_FOUND' });
      }
  });

  it('are refused for what no stream has, in words that name it', async () => {
    const response = await get('/api/stacks/6b1d1c4e-1111-4111-8111-111111111111/logs/stream?tail=-1&nonsense=1');
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('leave the service ready, with a trail of its own that is intact', async () => {
    const response = await get('/api/audit/verify');
    const report = (await response.json()) as { trails: { service: string; intact: boolean }[] };
    expect(report.trails.find(({ service }) => service === 'operations')).toMatchObject({ intact: true });
  });
});
