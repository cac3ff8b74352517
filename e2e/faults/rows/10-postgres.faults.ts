import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tcpProxy, throughProxy, type ApiFault, type TcpProxy, type TestDatabase } from '@ushadow/testing';
import { setTimeout as delay } from 'node:timers/promises';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { countCalls } from '../support/kill-everything.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { rollback, update, type KillScenario } from '../support/kill-scenarios.ts';
import { OwnPostgres } from '../support/own-servers.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance, LEASE_SECONDS } from '../support/settings.ts';

const CASES = 5;
const LONGER_THAN_A_LEASE_MS = (LEASE_SECONDS + 2) * 1_000;

describe('row 10: a Postgres that pauses, restarts, or is out of reach for one worker', () => {
  let postgres: OwnPostgres;
  /** To all services, and to the first worker alone. */
  let toAll: TcpProxy;
  let toFirst: TcpProxy;
  let bench: Bench;

  beforeAll(async () => {
    postgres = await OwnPostgres.start();
    const { hostname, port } = new URL(postgres.database.adminUrl);
    toAll = await tcpProxy({ host: hostname, port: Number(port) });
    toFirst = await tcpProxy(toAll);
    const urls = Object.fromEntries(
      Object.entries(postgres.database.urls).map(([schema, url]) => [schema, throughProxy(url, toAll)]),
    ) as TestDatabase['urls'];
    bench = await Bench.start({
      testFile: import.meta.url,
      database: { ...postgres.database, urls },
      workerEnv: (worker) => (worker === 0 ? { DATABASE_URL: throughProxy(urls.deployments, toFirst) } : {}),
    });
  });
  afterAll(async () => {
    toAll.mend();
    toFirst.mend();
    await bench.stop();
    await Promise.all([toFirst.close(), toAll.close()]);
    await postgres.remove();
  });

  const faults: Readonly<Record<string, () => Promise<void>>> = {
    restarted: () => postgres.restart(),
    'ending all sessions': () => postgres.endSessions(),
    'paused for longer than a lease': async () => {
      toAll.pause();
      await delay(LONGER_THAN_A_LEASE_MS);
      toAll.mend();
    },
    'away for longer than a lease': async () => {
      toAll.cut();
      await delay(LONGER_THAN_A_LEASE_MS);
      toAll.mend();
    },
    'silent for one worker': async () => {
      toFirst.blackhole();
      await delay(LONGER_THAN_A_LEASE_MS);
      toFirst.mend();
    },
  };

  it.each(Object.keys(faults))('%s: no verdict is lost or made up, no message of the outbox is lost', async (name) => {
    const play = async (): Promise<Outcome> => {
      const random = chance(`postgres ${name}`);
      const violations: string[] = [];
      for (let number = 0; number < CASES; number++) {
        const scenario = number % 2 === 0 ? update : rollback;
        const calls = await countCalls(bench, scenario);
        // After the last call comes the transaction that ends the deployment.
        const at = number === 1 ? calls : random.between(1, calls);
        const found = await strike(bench, scenario, at, faults[name] ?? (() => Promise.resolve()));
        violations.push(...found.map((text) => `${scenario.name}, at call ${at}: ${text}`));
      }
      return { cases: CASES, violations };
    };
    expect(await recorded({ row: 10, title: `Postgres ${name}` }, play)).toEqual([]);
  });
});

/** The fault begins with the end of the deployment’s call of this number. */
async function strike(bench: Bench, scenario: KillScenario, at: number, fault: () => Promise<void>): Promise<string[]> {
  const run = await scenario.prepare(bench);
  await bench.workers.fill(2);
  let count = 0;
  let struck: Promise<void> | undefined;
  bench.api.setRule((call): ApiFault | undefined => {
    if (!isDeployers(call) || ++count !== at) return undefined;
    const begin = (): undefined => {
      struck = fault();
    };
    return { kind: 'call-back', moment: 'answered', run: begin };
  });
  const id = await run.deploy();
  const row = await bench.ended(id);
  await struck;
  bench.api.setRule(undefined);
  const verdict = run.verdict(row);
  return [...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
}
