import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { DeploymentData } from '@ushadow/contracts';
import { follow } from './support/gateway.ts';
import { deploy, ended, live, sql, startSystem, untilStage, type TestSystem } from './support/system.ts';

/** Pods that select this wait for a node that never comes. */
const nowhere = { node_selector: { 'ushadow.test/nowhere': 'true' } };
/** Much less than a renewal of the lease, which is what a lost message would cost. */
const AT_ONCE_MS = 4_000;

describe('deployments that end early', () => {
  let test: TestSystem;

  beforeAll(async () => {
    // A renewal comes every twenty seconds only: what is quicker came by the message.
    test = await startSystem(import.meta.url, 'ending', { env: { 'deployer-service': { LEASE_SECONDS: '60' } } });
  });

  afterAll(async () => {
    await test.stop();
  });

  afterEach(async () => {
    const rows = await sql<{ most: string }>(
      test.database,
      `SELECT max(count)::text AS most FROM (SELECT count(*) FROM deployments.deployments
        WHERE status IN ('pending', 'deploying') GROUP BY stack_id) AS active`,
    );
    expect(Number(rows[0]?.most ?? 0)).toBeLessThanOrEqual(1);
  });

  const start = (input: object = {}): Promise<{ deployment_id: string; status: string }> =>
    test.client.startDeployment({
      cluster_id: test.registered.cluster_id,
      service_id: 'shop:web',
      deadline_seconds: 300,
      ...input,
    });
  const stuck = async (input: object = {}): Promise<string> => {
    const { deployment_id: id } = await start({ k8s_spec: nowhere, ...input });
    await untilStage(test, id, 'wait');
    return id;
  };
  const selector = async (): Promise<unknown> => {
    const web = (await live(test, 'deployments', 'web'))?.spec as
      { template: { spec: { nodeSelector?: Record<string, string> } } } | undefined;
    return web?.template.spec.nodeSelector;
  };
  const inventoryNames = async (id: string): Promise<string[]> => {
    const rows = await sql<{ inventory: { object: { kind: string; name: string } }[] }>(
      test.database,
      'SELECT inventory FROM deployments.deployments WHERE id = $1',
      [id],
    );
    return (rows[0]?.inventory ?? []).map(({ object }) => `${object.kind}/${object.name}`).sort();
  };
  const cancel = async (id: string, rollback?: boolean): Promise<{ deployment: DeploymentData; ms: number }> => {
    const at = performance.now();
    await test.client.cancelDeployment({ deployment_id: id, ...(rollback === undefined ? {} : { rollback }) });
    const deployment = await ended(test, { deployment_id: id });
    return { deployment, ms: performance.now() - at };
  };

  it('a first one that is cancelled and left keeps what it made in its inventory, for the next one', async () => {
    const id = await stuck({ k8s_spec: { ...nowhere, ingress: { enabled: true, host: 'ending.example' } } });
    const { deployment, ms } = await cancel(id, false);
    expect(deployment).toMatchObject({
      status: 'cancelled',
      verdict: { code: 'CANCELLED' },
      ending: { request: 'cancel', rollback: false, actor: 'operator' },
    });
    expect(ms).toBeLessThan(AT_ONCE_MS);
    expect(await inventoryNames(id)).toEqual(
      expect.arrayContaining(['Deployment/web', 'Ingress/web', 'Secret/web-secrets']),
    );
    const { deployment: next } = await deploy(test, { service_id: 'shop:web' });
    expect(next.status).toBe('succeeded');
    // The ingress of the cancelled one was not wanted any more.
    expect(await live(test, 'ingresses', 'web')).toBeUndefined();
    expect(await selector()).toBeUndefined();
  });

  it('one that is cancelled goes back to the last good state, and says so', async () => {
    const id = await stuck();
    expect(await selector()).toEqual(nowhere.node_selector);
    const { deployment } = await cancel(id);
    expect(deployment).toMatchObject({ status: 'cancelled', verdict: { rollback: { status: 'succeeded' } } });
    expect(await selector()).toBeUndefined();
    const { events } = await follow(test.system.gatewayUrl, id);
    expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(1);
    expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(events.map(({ type }) => type)).toContain('ending.requested');
  });

  it('one that is superseded leaves its place to the next at once; nothing is orphaned', async () => {
    const id = await stuck({ k8s_spec: { ...nowhere, ingress: { enabled: true, host: 'ending.example' } } });
    await expect(start()).rejects.toMatchObject({
      code: 'DEPLOYMENT_IN_PROGRESS',
      details: { deployment_id: id },
    });
    const at = performance.now();
    const next = await start({ supersede: true });
    expect(next.status).toBe('queued');
    const [old, newer] = [await ended(test, { deployment_id: id }), await ended(test, next)];
    expect(performance.now() - at).toBeLessThan(AT_ONCE_MS * 3);
    expect(old).toMatchObject({
      status: 'superseded',
      verdict: { code: 'SUPERSEDED', superseded_by: next.deployment_id },
    });
    expect(old.verdict?.rollback).toBeUndefined();
    expect(newer.status).toBe('succeeded');
    expect(Date.parse(newer.started_at ?? '')).toBeGreaterThanOrEqual(Date.parse(old.finished_at ?? ''));
    expect(await selector()).toBeUndefined();
    expect(await live(test, 'ingresses', 'web')).toBeUndefined();
  });

  it('of many that supersede each other the last one wins, and each has one verdict', async () => {
    const first = await stuck();
    const later = await Promise.all(Array.from({ length: 5 }, () => start({ supersede: true })));
    const ids = [first, ...later.map(({ deployment_id }) => deployment_id)];
    const all = await Promise.all(ids.map((deployment_id) => ended(test, { deployment_id })));
    const newest = all.reduce((a, b) => (a.revision > b.revision ? a : b));
    expect(newest.status).toBe('succeeded');
    for (const each of all) if (each !== newest) expect(each.status).toBe('superseded');
  });

  it('one that no worker has begun ends at once when it is cancelled', async () => {
    const id = await stuck();
    const waiting = await start({ supersede: true, k8s_spec: nowhere });
    await test.client.cancelDeployment({ deployment_id: waiting.deployment_id });
    const cancelled = await ended(test, waiting);
    expect(cancelled.status).toBe('cancelled');
    expect((await ended(test, { deployment_id: id })).status).toBe('superseded');
    await expect(test.client.cancelDeployment({ deployment_id: id })).rejects.toMatchObject({
      code: 'DEPLOYMENT_ENDED',
      details: { status: 'superseded' },
    });
    await expect(
      test.client.cancelDeployment({ deployment_id: '00000000-0000-4000-8000-000000000000' }),
    ).rejects.toMatchObject({ code: 'DEPLOYMENT_NOT_FOUND' });
  });

  it('a first one that is cancelled takes back what it made, when that is asked for', async () => {
    const id = await stuck({ service_id: 'shop:cache' });
    expect(await live(test, 'deployments', 'cache')).toBeDefined();
    const { deployment } = await cancel(id, true);
    expect(deployment).toMatchObject({ status: 'cancelled', verdict: { rollback: { status: 'succeeded' } } });
    expect(await live(test, 'deployments', 'cache')).toBeUndefined();
    expect((await inventoryNames(id)).filter((name) => name.includes('cache'))).toEqual([]);
  });
});
