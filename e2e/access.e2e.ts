import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createClient, type Client, type StackSummaryData } from '@ushadow/contracts';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { deployStack, startSystem, type TestSystem } from './support/system.ts';

describe('who may do what, where', () => {
  let test: TestSystem;
  let stack: StackSummaryData;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'access');
    await deployStack(test, 'shop', { services: ['web', 'cache'] });
    const { stacks } = await test.client.listStacks({});
    stack = stacks.find(({ project }) => project === 'shop') as StackSummaryData;
  }, 120_000);
  afterAll(() => test?.stop());

  /** A client of somebody who holds one grant. */
  async function holding(grant: {
    role: 'viewer' | 'operator' | 'deployer';
    namespaces?: string;
    projects?: string;
  }): Promise<Client> {
    const user = `user-${randomUUID()}`;
    const token = randomBytes(32).toString('base64url');
    const digest = createHash('sha256').update(token).digest('hex');
    await test.client.giveGrant({ user, cluster: test.registered.cluster_id, ...grant });
    await test.client.createToken({ user, name: 'test', digest, shown: token.slice(0, 6) });
    return createClient({
      ...{ baseUrl: test.system.gatewayUrl, newKey: randomUUID, headers: { authorization: `Bearer ${token}` } },
      fetch: (url, init) => fetch(url, init as RequestInit),
    });
  }

  it('is in one’s own namespace what one’s role allows', async () => {
    const viewer = await holding({ role: 'viewer', namespaces: test.namespace.name });
    expect((await viewer.listStacks({})).stacks.map(({ stack_id: id }) => id)).toEqual([stack.stack_id]);
    expect((await viewer.listDeployments({})).deployments.length).toBeGreaterThan(0);
    expect((await viewer.getStack({ stack_id: stack.stack_id })).project).toBe('shop');
    expect(await viewer.listClusters({})).toEqual([]);
    const refused = { code: 'ROLE_NEEDED', message: expect.stringContaining('the role deployer') };
    await expect(viewer.redeployStack({ stack_id: stack.stack_id })).rejects.toMatchObject(refused);
    await expect(viewer.listUsers({})).rejects.toMatchObject({ code: 'ROLE_NEEDED' });

    const deployer = await holding({ role: 'deployer', namespaces: 'access-*', projects: 'sh*' });
    const place = { cluster_id: test.registered.cluster_id, project: 'shop', services: ['web'] };
    const plan = await deployer.planStack({ ...place, namespace: test.namespace.name });
    // Whose plan it is says where it would be done.
    const { cluster_id, project } = place;
    const started = await deployer.deployStack({ cluster_id, project, plan_id: plan.plan_id });
    expect(started).toMatchObject({ actor: expect.stringMatching(/^user-/) });
    await expect(deployer.planStack({ ...place, namespace: 'elsewhere' })).rejects.toMatchObject({
      code: 'ROLE_NEEDED',
    });
    // Which namespace that would be is not known.
    await expect(deployer.planStack(place)).rejects.toMatchObject({ code: 'ROLE_NEEDED' });
    await expect(
      deployer.planStack({ ...place, project: 'other', namespace: test.namespace.name }),
    ).rejects.toMatchObject({ code: 'ROLE_NEEDED' });
  });

  it('is nothing elsewhere, and what is there is not told', async () => {
    const stranger = await holding({ role: 'deployer', namespaces: 'elsewhere' });
    expect((await stranger.listStacks({})).stacks).toEqual([]);
    expect((await stranger.listDeployments({})).deployments).toEqual([]);
    expect(await stranger.listClusters({})).toEqual([]);
    for (const id of [stack.stack_id, randomUUID()]) {
      const unseen = { code: 'STACK_NOT_FOUND', kind: 'not-found' };
      await expect(stranger.getStack({ stack_id: id })).rejects.toMatchObject(unseen);
      await expect(stranger.removeStack({ stack_id: id })).rejects.toMatchObject(unseen);
    }
    const { deployments } = await test.client.listDeployments({});
    const { deployment_id } = deployments[0] ?? { deployment_id: randomUUID() };
    await expect(stranger.getDeployment({ deployment_id })).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_FOUND' });
    await expect(stranger.getCluster({ cluster_id: test.registered.cluster_id })).rejects.toMatchObject({
      code: 'ROLE_NEEDED',
    });
  });
});
