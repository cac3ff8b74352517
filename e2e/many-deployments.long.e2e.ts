import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { follow, type Followed } from './support/gateway.ts';
import { sql, startSystem, type TestSystem } from './support/system.ts';

const COUNT = 50;
const workers = { WORKER_CONCURRENCY: '30', CLUSTER_CONCURRENCY: '100', LEASE_SECONDS: '5' };

describe('fifty deployments in the hands of two replicas', () => {
  let test: TestSystem;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'many', { env: { 'deployer-service': workers } });
    await test.system.add('deployer-service');
  });

  afterAll(async () => {
    for (let at = 0; at < COUNT; at++) await test.cluster.api.delete(`/api/v1/namespaces/${namespaceOf(at)}`);
    await test.stop();
  });

  const namespaceOf = (at: number): string => `${test.namespace.name}-${String(at)}`;

  it('end with fifty verdicts and none doubled when one of the two is killed in the midst of them', async () => {
    const begun = [];
    // Ten at a time: a pool that is asked for more than it has says so, to be asked again.
    for (let from = 0; from < COUNT; from += 10) {
      const some = Array.from({ length: 10 }, (_, index) => namespaceOf(from + index)).map((namespace) =>
        test.client.startDeployment({ cluster_id: test.registered.cluster_id, service_id: 'shop:cache', namespace }),
      );
      begun.push(...(await Promise.all(some)));
    }
    const [victim] = test.system.processes('deployer-service');
    let kill: () => void = () => undefined;
    const underWay = new Promise<void>((resolve) => (kill = resolve));
    const writing = new Set<string>();
    const followed = begun.map(({ deployment_id: id }) =>
      follow(test.system.gatewayUrl, id, {
        seen: (event) => {
          // Killed while many of them are writing.
          if (event.type === 'object.applied') writing.add(id);
          if (writing.size >= 10) kill();
        },
      }),
    );
    await underWay;
    victim?.process.signal('KILL');
    await victim?.process.exited;
    const all: Followed[] = await Promise.all(followed);
    expect(all.map(({ deployment }) => deployment.status)).toEqual(Array.from({ length: COUNT }, () => 'succeeded'));
    expect(all.filter(({ deployment }) => deployment.attempt > 1).length).toBeGreaterThan(0);
    for (const { events } of all) {
      expect(events.filter(({ type }) => type === 'verdict')).toHaveLength(1);
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    }
    const finished = await sql<{ entries: string }>(
      test.database,
      `SELECT count(*)::text AS entries FROM deployments.audit_trail WHERE record::jsonb ->> 'action' = 'deployment.finished'
        GROUP BY deployment_id`,
    );
    expect(finished.map(({ entries }) => entries)).toEqual(Array.from({ length: COUNT }, () => '1'));
    const { intact, trails } = await test.client.verifyAudit({});
    expect(intact).toBe(true);
    expect(trails.find(({ service }) => service === 'deployer')).toMatchObject({ entries: COUNT * 2 });
    for (let at = 0; at < COUNT; at++) {
      const { status } = await test.cluster.api.get(`/apis/apps/v1/namespaces/${namespaceOf(at)}/deployments/cache`);
      expect([at, status]).toEqual([at, 200]);
    }
  });
});
