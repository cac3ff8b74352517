import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, type Client } from '@ushadow/contracts';
import { freePort } from '@ushadow/testing/servers';
import { SERVICES } from '@ushadow/testing/services';
import { gatewayClient, toBase64 } from '../../support/gateway.ts';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';
import { doubledWrites } from '../support/doubled-writes.ts';
import { until } from '../support/until.ts';

const COMMANDS = 8;
const DEPLOYMENTS = 50;
const LONG_MS = 240_000;

describe('row 19: two replicas of each service', () => {
  let bench: Bench;
  let clients: readonly Client[];

  beforeAll(async () => {
    const services = SERVICES.map(({ name }) => name);
    bench = await Bench.start({ testFile: import.meta.url, services });
    const port = await freePort();
    await Promise.all(
      services.map((name) => {
        const own = { gateway: { PORT: String(port) }, 'deployer-service': { WORKER_CONCURRENCY: '0' } };
        const noSweeps = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' } };
        return bench.system.add(name, { ...own, ...noSweeps }[name as keyof typeof own] ?? {});
      }),
    );
    clients = [bench.system.gatewayUrl, `http://127.0.0.1:${port}`].map(gatewayClient);
  });
  afterAll(() => bench.stop());

  const client = (number: number): Client => clients[number % clients.length] as Client;

  it('handle each command once, whichever gateway it came through', async () => {
    const play = async (): Promise<Outcome> => {
      const violations: string[] = [];
      const numbers = Array.from({ length: COMMANDS }, (_, index) => index);
      const kubeconfig = toBase64(bench.api.kubeconfig);
      await Promise.all(
        numbers.map((n) => client(n).registerCluster({ name: `c${n}`, kubeconfig, allow_duplicate: true })),
      );
      const { length } = await client(0).listClusters({});
      // The bench has registered one itself.
      if (length !== COMMANDS + 1) violations.push(`${length} clusters after ${COMMANDS + 1} registrations`);
      let scans = 0;
      const deaf = bench.live.listen(events.scanCompleted, undefined, () => void (scans += 1));
      await bench.bus.native().flush();
      for (const n of numbers) await client(n).scanInfra({ cluster_id: bench.clusterId, namespace: 'default' });
      await until('the end of the last scan', () => (scans >= COMMANDS ? true : undefined), 10_000);
      await bench.bus.native().flush();
      deaf();
      if (scans !== COMMANDS) violations.push(`${scans} scans for ${COMMANDS} commands`);
      bench.api.forget();
      const started = await Promise.all(
        numbers.map((n) =>
          client(n).startDeployment({
            cluster_id: bench.clusterId,
            service_id: 'app:web',
            namespace: bench.newNamespace(),
          }),
        ),
      );
      const rows = await Promise.all(started.map(({ deployment_id: id }) => bench.ended(id)));
      violations.push(...rows.filter(({ status }) => status !== 'succeeded').map((row) => JSON.stringify(row.verdict)));
      const stored = (await bench.store.deployments()).length;
      if (stored !== COMMANDS) violations.push(`${stored} deployments for ${COMMANDS} commands`);
      violations.push(...doubledWrites(bench), ...(await checkProperties(bench)));
      return { cases: 3 * COMMANDS, violations };
    };
    expect(await recorded({ row: 19, title: 'two replicas of each service' }, play)).toEqual([]);
  });

  it(`${DEPLOYMENTS} deployments in flight, one of two workers killed: ${DEPLOYMENTS} verdicts, none doubled`, async () => {
    const play = async (): Promise<Outcome> => {
      const violations: string[] = [];
      const random = chance('fifty');
      const namespaces = Array.from({ length: DEPLOYMENTS }, () => bench.newNamespace());
      const started = await Promise.all(
        namespaces.map((namespace, n) =>
          client(n).startDeployment({ cluster_id: bench.clusterId, service_id: 'app:web', namespace }),
        ),
      );
      const ids = started.map(({ deployment_id: id }) => id);
      const wanted = random.between(5, DEPLOYMENTS / 2);
      const ended = async (): Promise<number> =>
        (await bench.store.deployments()).filter(({ id, finished_at: at }) => at !== null && ids.includes(id)).length;
      await until('some of the verdicts', async () => ((await ended()) >= wanted ? true : undefined), LONG_MS);
      await bench.workers.kill(random.pick(bench.workers.alive));
      const rows = await Promise.all(ids.map((id) => bench.ended(id, LONG_MS)));
      violations.push(...rows.filter(({ status }) => status !== 'succeeded').map((row) => JSON.stringify(row.verdict)));
      if (rows.every(({ attempt }) => attempt === 1)) violations.push('the killed worker held nothing');
      return { cases: DEPLOYMENTS, violations: [...violations, ...(await checkProperties(bench))] };
    };
    expect(await recorded({ row: 19, title: 'fifty deployments in flight, one of two workers killed' }, play)).toEqual(
      [],
    );
  });
});
