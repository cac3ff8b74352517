import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { events, streams } from '@ushadow/contracts';
import { faultSchedule, tcpProxy, throughProxy, testDatabase, type ApiFault, type TcpProxy } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { Bench } from './support/bench.ts';
import { checkProperties } from './support/check-properties.ts';
import { isDeployers, killOnce, MOMENTS } from './support/kill-matrix.ts';
import { firstDeploy, prune, rollback, update } from './support/kill-scenarios.ts';
import { chance } from './support/settings.ts';
import { serviceUpdate, stackBack, stackUpdate } from './support/stack-scenarios.ts';
import { wakeZombie } from './support/zombie.ts';

/** Of a deployment's calls, those from here on write in each scenario. */
const FIRST_WRITES = 18;
const SOME_FAULTS: readonly ApiFault[] = [
  { kind: 'refuse', status: 503 },
  { kind: 'reset', moment: 'handled' },
  { kind: 'lose-answer' },
  { kind: 'latency', ms: 100 },
];
const SOME_WATCH_FAULTS: readonly ApiFault[] = [
  { kind: 'cut-watch', afterLines: 1 },
  { kind: 'expire-watch', afterLines: 0 },
  { kind: 'repeat-watch' },
];

/** `npm run test:faults` plays all of them, and every call; docs/reliability says what is checked after each. */
describe('a selection of faults', () => {
  let bench: Bench;
  let silent: TcpProxy;

  beforeAll(async () => {
    const database = await testDatabase();
    const { hostname, port } = new URL(database.adminUrl);
    silent = await tcpProxy({ host: hostname, port: Number(port) });
    bench = await Bench.start({
      testFile: import.meta.url,
      database,
      workerEnv: (worker) => (worker === 0 ? { DATABASE_URL: throughProxy(database.urls.deployments, silent) } : {}),
    });
  });
  afterAll(async () => {
    await bench.stop();
    await silent.close();
  });

  it('lost and doubled wake-ups make one verdict', async () => {
    const id = await bench.deploy({ greeting: 'hello' }, { namespace: bench.newNamespace() });
    await (await bench.bus.jetStreamManager()).streams.purge(streams.deploy.name);
    for (let copy = 0; copy < 3; copy++)
      await bench.live.store(events.deployRequested, { deployment_id: id }, { messageId: randomUUID() });
    expect(await bench.ended(id)).toMatchObject({ status: 'succeeded' });
    expect(await checkProperties(bench)).toEqual([]);
  });

  it('a worker whose database goes silent lets go, and another one finishes (R24)', async () => {
    const run = await update.prepare(bench);
    bench.api.setRule((call) => {
      if (isDeployers(call) && call.isWrite) silent.blackhole();
      return undefined;
    });
    const row = await bench.ended(await run.deploy());
    bench.api.setRule(undefined);
    silent.mend();
    expect([run.verdict(row), ...(await checkProperties(bench))]).toEqual([undefined]);
  });

  it.each([update, rollback])(
    'an API server that fails at some calls of $name changes nothing of its end',
    async (scenario) => {
      const run = await scenario.prepare(bench);
      const options = { rate: 0.2, faults: SOME_FAULTS, watchFaults: SOME_WATCH_FAULTS, most: 8 };
      const schedule = faultSchedule(chance(`selection ${scenario.name}`), options);
      bench.api.forget();
      bench.api.setRule((call) => (isDeployers(call) ? schedule(call) : undefined));
      const row = await bench.ended(await run.deploy());
      bench.api.setRule(undefined);
      expect([run.verdict(row), ...(await checkProperties(bench))]).toEqual([undefined]);
    },
  );

  it.each([firstDeploy, update, rollback, prune, stackUpdate, serviceUpdate, stackBack])(
    'a worker killed in $name is replaced within its lease and a second, and nothing is lost or doubled (R24)',
    async (scenario) => {
      const random = chance(`selection kill ${scenario.name}`);
      const each = { at: random.between(FIRST_WRITES - 4, FIRST_WRITES + 4), moment: random.pick(MOMENTS) };
      const outcome = await killOnce(bench, scenario, each, random);
      expect(outcome).toMatchObject({ killed: true, violations: [] });
    },
  );

  it('a worker that stood still for longer than its lease writes nothing any more', async () => {
    const random = chance('selection zombie');
    const each = { at: random.between(FIRST_WRITES, FIRST_WRITES + 4), waking: 'rolling back' } as const;
    expect(await wakeZombie(bench, rollback, each, random)).toEqual({ stopped: true, violations: [] });
  });
});
