import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData } from '@ushadow/contracts';
import { until } from './faults/support/until.ts';
import { ended, live, startSystem, untilStage, type TestSystem } from './support/system.ts';

const services = (...names: readonly string[]): string =>
  `services:\n${names.map((name) => `  ${name}:\n    image: nginx:1.27\n`).join('')}`;
/** Nothing is ever ready on such a node. */
const NOWHERE = { node_selector: { 'ushadow.test/nowhere': 'true' } };

/** What belongs to no good revision, and goes with the whole all the same. */
describe('what a deployment has left, or is about to bring', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'leftovers');
  }, 120_000);
  afterAll(async () => {
    await test?.stop();
  });

  const begin = async (name: string, text: string, input: object = {}): Promise<DeploymentData> => {
    const content = Buffer.from(text).toString('base64');
    await test.client.uploadProject({ name, replace: true, files: [{ path: 'compose.yaml', content }] });
    const { cluster_id } = test.registered;
    return test.client.deployStack({ cluster_id, project: name, namespace: test.namespace.name, ...input });
  };
  const isThere = async (name: string): Promise<boolean> => (await live(test, 'deployments', name)) !== undefined;

  it('goes with a removal that ends the very first deployment', async () => {
    const first = await begin('first', services('early'), { specs: { early: NOWHERE } });
    await untilStage(test, first.deployment_id, 'wait');
    expect(await isThere('early')).toBe(true);
    const removed = await test.client.removeStack({ stack_id: first.stack_id, supersede: true });
    expect(await ended(test, first)).toMatchObject({ status: 'superseded' });
    expect(await ended(test, removed)).toMatchObject({ status: 'succeeded', services: ['early'] });
    expect(await isThere('early')).toBe(false);
    expect((await test.client.listStacks({ project: 'first' })).stacks).toEqual([]);
  });

  it('goes with a rollback of the whole, where a failure was to be left as it is', async () => {
    const good = await ended(test, await begin('kept', services('web')));
    expect(good).toMatchObject({ status: 'succeeded' });
    const specs = { extra: NOWHERE };
    const how = { specs, rollback: false, deadline_seconds: 8 };
    const failed = await ended(test, await begin('kept', services('web', 'extra'), how));
    expect(failed).toMatchObject({ status: 'failed' });
    expect(await isThere('extra')).toBe(true);
    const { stack_id } = good;
    const plan = await test.client.planRollback({ stack_id, to_revision: good.revision });
    expect(plan.objects).toContainEqual(
      expect.objectContaining({ action: 'delete', object: `Deployment/${test.namespace.name}/extra` }),
    );
    const back = await ended(test, await test.client.rollbackStack({ stack_id, plan_id: plan.plan_id }));
    expect(back).toMatchObject({ status: 'succeeded' });
    expect([await isThere('web'), await isThere('extra')]).toEqual([true, false]);
  });

  it('goes with a rollback that ends the deployment of it, which is planned when its turn comes', async () => {
    const good = await ended(test, await begin('hurry', services('api')));
    const slow = await begin('hurry', services('api', 'more'), { specs: { more: NOWHERE } });
    await untilStage(test, slow.deployment_id, 'wait');
    const begun = await test.client.rollbackDeployment({ deployment_id: slow.deployment_id, supersede: true });
    expect(begun).toMatchObject({ kind: 'rollback', plan_id: null });
    expect(await ended(test, begun)).toMatchObject({ status: 'succeeded' });
    expect([await isThere('api'), await isThere('more')]).toEqual([true, false]);
    expect((await test.client.getStack({ stack_id: good.stack_id })).services.map((each) => each.service)).toEqual([
      'api',
    ]);
  });

  it('a run that somebody ends leaves nothing that runs on', async () => {
    // Its pods never get anywhere; none is wanted of it but by a run.
    const text = 'services:\n  task:\n    image: untouched.invalid/task:1\n    deploy: { replicas: 0 }\n';
    const { stack_id } = await ended(test, await begin('runs', text));
    const run = await test.client.runJob({ stack_id, service: 'task', command: ['sleep', '1000'] });
    await untilStage(test, run.deployment_id, 'wait');
    const name = /task-run-[0-9a-f]{10}/.exec(run.message ?? '')?.[0] ?? '';
    expect(await live(test, 'jobs', name)).toBeDefined();
    await test.client.cancelDeployment({ deployment_id: run.deployment_id });
    expect(await ended(test, run)).toMatchObject({ status: 'cancelled' });
    await until('the Job is gone', async () => (await live(test, 'jobs', name)) === undefined, 20_000);
  });

  it('a rollback without a plan makes one, applies it, and is refused before it begins where the cluster refuses it', async () => {
    const good = await ended(test, await begin('planned', services('plain')));
    await ended(test, await begin('planned', services('plain').replace('1.27', '1.28')));
    const { stack_id } = good;
    const back = await ended(test, await test.client.rollbackStack({ stack_id, to_revision: good.revision }));
    expect(back).toMatchObject({ status: 'succeeded', kind: 'rollback', plan_id: expect.any(String) });
    const plan = await test.client.getPlan({ plan_id: back.plan_id ?? '' });
    expect(plan).toMatchObject({ kind: 'rollback', based_on: good.deployment_id });
  });
});
