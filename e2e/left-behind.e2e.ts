import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { StackData } from '@ushadow/contracts';
import { fileURLToPath } from 'node:url';
import { deployStack, ended, live, startSystem, type TestSystem } from './support/system.ts';

let test: TestSystem;

beforeAll(async () => {
  const compose = fileURLToPath(new URL('left-behind', import.meta.url));
  test = await startSystem(import.meta.url, 'left', { compose });
});

afterAll(async () => {
  await test.stop();
});

const states = ({ services }: StackData) =>
  Object.fromEntries(services.map(({ service, health, sync }) => [service, [health.state, sync.state]]));

describe('a first deployment that failed', () => {
  let stack_id = '';
  const mounts = async (kind: string) => JSON.stringify((await live(test, kind, 'db'))?.spec);

  it('shows what it has left, though no good revision has it', async () => {
    const { deployment } = await deployStack(test, 'unfit');
    expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'UNSCHEDULABLE' } });
    ({ stack_id } = deployment);
    const stack = await test.client.getStack({ stack_id });
    expect(states(stack)).toEqual({ db: ['ready', 'out-of-sync'], web: ['progressing', 'out-of-sync'] });
    expect((await test.client.listStacks({})).stacks).toMatchObject([{ services: 2, services_ready: 1 }]);
  });

  it('lets what it has left be removed by name', async () => {
    const removal = await test.client.removeStack({ stack_id, services: ['web'] });
    expect((await ended(test, removal)).status).toBe('succeeded');
    expect(await live(test, 'deployments', 'web')).toBeUndefined();
    expect(Object.keys(states(await test.client.getStack({ stack_id })))).toEqual(['db']);
  });

  it('has left data that the next one finds where it is, also with another image and after a removal', async () => {
    expect(await mounts('statefulsets')).toContain('"subPath":"data"');
    expect((await ended(test, await test.client.removeStack({ stack_id }))).status).toBe('succeeded');
    const variables = { DB_IMAGE: 'team/own-database:1' };
    const next = await deployStack(test, 'unfit', { services: ['db'], variables });
    expect(next.deployment.status).toBe('succeeded');
    expect(await mounts('deployments')).toContain('"subPath":"data"');
  });
});

describe('services in one pod', () => {
  let stack_id = '';

  it('stop, start and are scaled together', async () => {
    const { deployment } = await deployStack(test, 'pair');
    expect(deployment.status).toBe('succeeded');
    ({ stack_id } = deployment);
    const stopped = await ended(test, await test.client.stopService({ stack_id, service: 'side' }));
    expect(stopped).toMatchObject({ status: 'succeeded', services: ['main', 'side'] });
    expect(states(await test.client.getStack({ stack_id }))).toMatchObject({
      main: ['stopped', 'in-sync'],
      side: ['stopped', 'in-sync'],
    });
    const started = await ended(test, await test.client.startService({ stack_id, service: 'main' }));
    expect(started.status).toBe('succeeded');
    expect(await live(test, 'deployments', 'main')).toMatchObject({ spec: { replicas: 1 } });
  });

  it('are not removed one by one, since the container would run on', async () => {
    await expect(test.client.removeStack({ stack_id, services: ['side'] })).rejects.toMatchObject({
      code: 'SHARED_CONFLICT',
    });
    const both = await test.client.removeStack({ stack_id, services: ['main', 'side'] });
    expect((await ended(test, both)).status).toBe('succeeded');
  });

  it('one that an autoscaler looks after is not scaled, and is the autoscaler’s again after a stop', async () => {
    await expect(test.client.scaleService({ stack_id, service: 'many', replicas: 3 })).rejects.toMatchObject({
      code: 'NOT_SCALABLE',
    });
    await ended(test, await test.client.stopService({ stack_id, service: 'many' }));
    expect(await live(test, 'deployments', 'many')).toMatchObject({ spec: { replicas: 0 } });
    const started = await ended(test, await test.client.startService({ stack_id, service: 'many' }));
    expect(started.status).toBe('succeeded');
    const { managedFields = [] } = (await live(test, 'deployments', 'many'))?.metadata as {
      managedFields?: readonly { readonly manager: string; readonly fieldsV1: object }[];
    };
    const ours = managedFields.filter(({ manager }) => manager === 'ushadow');
    expect(JSON.stringify(ours)).not.toContain('f:replicas');
  });

  it('a removal forgets which profiles were on', async () => {
    expect((await deployStack(test, 'pair', { profiles: ['debug'] })).deployment.services).toContain('tools');
    expect((await ended(test, await test.client.removeStack({ stack_id }))).status).toBe('succeeded');
    expect((await deployStack(test, 'pair')).deployment.services).not.toContain('tools');
  });
});
