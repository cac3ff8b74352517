import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData, RevisionData } from '@ushadow/contracts';
import { toBase64 } from './support/gateway.ts';
import { deploy, ended, live, startSystem, untilStage, writesTo, type TestSystem } from './support/system.ts';

const nowhere = { node_selector: { 'ushadow.test/nowhere': 'true' } };

describe('the history of a stack, and what is done to its services', () => {
  let test: TestSystem;
  let stack_id = '';

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'history');
  });

  afterAll(async () => {
    await test.stop();
  });

  const web = () => ({ stack_id, service: 'web' });
  const history = async (): Promise<RevisionData[]> => (await test.client.getHistory({ stack_id })).revisions;
  const greeting = async (): Promise<string | undefined> =>
    (await live(test, 'configmaps', 'web-config'))?.data?.['GREETING'];
  const secret = async (): Promise<string | undefined> =>
    (await live(test, 'secrets', 'web-secrets'))?.data?.['API_TOKEN'];
  const replicas = async (): Promise<number> =>
    ((await live(test, 'deployments', 'web'))?.spec as { replicas: number }).replicas;
  const version = (name: string) => ({ env_vars: { GREETING: name, API_TOKEN: `canary-of-${name}` } });
  const deployVersion = async (name: string, extra: object = {}): Promise<DeploymentData> =>
    (await deploy(test, { service_id: 'shop:web', ...version(name), ...extra })).deployment;
  const marks = (revisions: readonly RevisionData[]) =>
    revisions.map(({ revision, kind, status, current, bad, offered }) =>
      [revision, kind, status, current ? 'current' : bad ? 'bad' : offered ? 'offered' : ''].join(' '),
    );

  it('says so for a stack that there is not', async () => {
    const unknown = { stack_id: '00000000-0000-4000-8000-000000000000' };
    expect((await test.client.listStacks({})).stacks).toEqual([]);
    await expect(test.client.getHistory(unknown)).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
    await expect(test.client.rollbackStack(unknown)).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
    await expect(test.client.stopService({ ...unknown, service: 'web' })).rejects.toMatchObject({
      code: 'STACK_NOT_FOUND',
    });
    await expect(test.client.removeStack(unknown)).rejects.toMatchObject({ code: 'STACK_NOT_FOUND' });
  });

  it('numbers revisions, marks the current one, and the bad ones it does not offer', async () => {
    ({ stack_id } = await deployVersion('one', { message: 'the first' }));
    await deployVersion('two');
    const failed = await deployVersion('three', { deadline_seconds: 6, k8s_spec: nowhere });
    expect(failed).toMatchObject({ status: 'failed', verdict: { rollback: { status: 'succeeded' } } });
    expect(await greeting()).toBe('two');
    const revisions = await history();
    expect(marks(revisions)).toEqual([
      '3 deploy failed bad',
      '2 deploy succeeded current',
      '1 deploy succeeded offered',
    ]);
    expect(revisions[2]).toMatchObject({ message: 'the first', actor: 'operator', based_on: null });
  });

  it('brings every kind of object of the last good revision before the current one back, as a new revision', async () => {
    const begun = await test.client.rollbackStack({ stack_id, message: 'two was wrong' });
    expect(begun).toMatchObject({ kind: 'rollback', revision: 4, message: 'two was wrong' });
    expect((await ended(test, begun)).status).toBe('succeeded');
    expect(await greeting()).toBe('one');
    expect(await secret()).toBe(toBase64('canary-of-one'));
    const revisions = await history();
    expect(revisions[0]).toMatchObject({ based_on: revisions[3]?.deployment_id });
    expect(marks(revisions)).toEqual([
      '4 rollback succeeded current',
      '3 deploy failed bad',
      '2 deploy succeeded bad',
      '1 deploy succeeded ',
    ]);
    await expect(test.client.rollbackStack({ stack_id })).rejects.toMatchObject({ code: 'NO_REVISION' });
  });

  it('brings back any whole revision that is named, and no other', async () => {
    const [, failed, two] = await history();
    const named = (deployment: RevisionData | undefined) =>
      test.client.rollbackStack({ stack_id, to_deployment_id: deployment?.deployment_id ?? '' });
    await expect(named(failed)).rejects.toMatchObject({ code: 'NO_REVISION' });
    expect((await ended(test, await named(two))).status).toBe('succeeded');
    expect(await greeting()).toBe('two');
  });

  it('undoes a deployment: back to the last good revision before it', async () => {
    const four = await deployVersion('four');
    const begun = await test.client.rollbackDeployment({ deployment_id: four.deployment_id });
    expect((await ended(test, begun)).status).toBe('succeeded');
    expect(await greeting()).toBe('two');
  });

  it('stops a service, and starts it as it was (M13)', async () => {
    expect((await ended(test, await test.client.scaleService({ ...web(), replicas: 2 }))).status).toBe('succeeded');
    expect(await replicas()).toBe(2);
    await expect(test.client.startService(web())).rejects.toMatchObject({ code: 'NOT_STOPPED' });
    const stopped = await ended(test, await test.client.stopService(web()));
    expect(stopped).toMatchObject({ kind: 'stop', status: 'succeeded' });
    expect(await replicas()).toBe(0);
    const { pods } = await test.client.listPods({ cluster_id: test.registered.cluster_id, service_name: 'web' });
    expect(pods.filter(({ status }) => status === 'Running')).toEqual([]);
    const started = await ended(test, await test.client.startService(web()));
    expect(started).toMatchObject({ kind: 'start', status: 'succeeded' });
    expect(await replicas()).toBe(2);
    expect(await greeting()).toBe('two');
  });

  it('restarts the pods of a service; the next deploy of the same changes nothing', async () => {
    const podNames = async () =>
      (await test.client.listPods({ cluster_id: test.registered.cluster_id, service_name: 'web' })).pods
        .filter(({ status }) => status === 'Running')
        .map(({ name }) => name)
        .sort();
    await ended(test, await test.client.scaleService({ ...web(), replicas: 1 }));
    await deployVersion('two');
    const before = await podNames();
    const restarted = await ended(test, await test.client.restartService(web()));
    expect(restarted).toMatchObject({ kind: 'restart', status: 'succeeded' });
    const after = await podNames();
    expect(after).toHaveLength(before.length);
    expect(after).not.toEqual(before);
    const writes = await writesTo(test);
    expect((await deployVersion('two')).status).toBe('succeeded');
    expect(await writesTo(test)).toEqual(writes);
  });

  it('removes everything a service has except its claims, and forgets none of them', async () => {
    const removed = await ended(test, await test.client.removeStack({ stack_id }));
    expect(removed).toMatchObject({ kind: 'remove', status: 'succeeded' });
    for (const [kind, name] of [
      ['deployments', 'web'],
      ['services', 'web'],
      ['configmaps', 'web-config'],
      ['secrets', 'web-secrets'],
    ] as const) {
      expect([name, await live(test, kind, name)]).toEqual([name, undefined]);
    }
    const claims = async () => {
      const path = `/api/v1/namespaces/${test.namespace.name}/persistentvolumeclaims`;
      const { items } = (await test.cluster.api.get(path)).body as { items: { metadata: { name: string } }[] };
      return items.map(({ metadata }) => metadata.name);
    };
    const [claim = ''] = await claims();
    expect(claim).toMatch(/pages/);
    expect(marks(await history())[0]).toMatch(/remove succeeded current/);
    await expect(test.client.stopService(web())).rejects.toMatchObject({ code: 'SERVICE_NOT_DEPLOYED' });
    const again = await test.client.removeStack({ stack_id, delete_claims: [claim] });
    expect((await ended(test, again)).status).toBe('succeeded');
    // Claims are protected while pods use them; they vanish with the last one.
    const limit = Date.now() + 20_000;
    while ((await claims()).includes(claim) && Date.now() < limit) continue;
    expect(await claims()).not.toContain(claim);
  });

  it('can be deployed, or rolled back to, after it was removed', async () => {
    const begun = await test.client.rollbackStack({ stack_id });
    expect((await ended(test, begun)).status).toBe('succeeded');
    expect(await greeting()).toBe('two');
  });

  it('refuses all of it while a deployment is under way, unless that one is superseded', async () => {
    const { cluster_id } = test.registered;
    const held = await test.client.startDeployment({ cluster_id, service_id: 'shop:web', k8s_spec: nowhere });
    await untilStage(test, held.deployment_id, 'wait');
    await expect(test.client.stopService(web())).rejects.toMatchObject({ code: 'DEPLOYMENT_IN_PROGRESS' });
    const stop = await test.client.stopService({ ...web(), supersede: true });
    expect((await ended(test, held)).status).toBe('superseded');
    expect((await ended(test, stop)).status).toBe('succeeded');
    expect(await replicas()).toBe(0);
  });
});
