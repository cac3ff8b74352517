import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ApiFault, Moment } from '@ushadow/testing';
import { Bench } from '../support/bench.ts';
import { checkProperties } from '../support/check-properties.ts';
import { countCalls } from '../support/kill-everything.ts';
import { isDeployers } from '../support/kill-matrix.ts';
import { firstDeploy, rollback, update, type KillScenario } from '../support/kill-scenarios.ts';
import { OwnCluster } from '../support/own-servers.ts';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const SERVERS = ['kube-apiserver', 'etcd'] as const;
const SETUP_MS = 180_000;

describe('row 13: servers of the cluster killed and started again', () => {
  let cluster: OwnCluster;
  let bench: Bench;
  beforeAll(async () => {
    cluster = await OwnCluster.start();
    const { kubeconfig, plane } = cluster;
    bench = await Bench.start({ testFile: import.meta.url, kubeconfig, auditLog: plane.auditLog });
  }, SETUP_MS);
  afterAll(async () => {
    await bench.stop();
    await cluster.remove();
  }, SETUP_MS);

  it.each([firstDeploy, update, rollback])('while $name writes: it ends as it would have', async (scenario) => {
    const play = async (): Promise<Outcome> => {
      const random = chance(`restart ${scenario.name}`);
      const writes = await countCalls(bench, scenario, ({ isWrite }) => isWrite);
      const violations: string[] = [];
      for (const server of SERVERS) {
        const moment = random.pick(['before', 'handled', 'answered'] as const);
        const found = await restartAtWrite(bench, cluster, scenario, {
          server,
          moment,
          write: random.between(1, writes),
        });
        violations.push(...found.map((text) => `${server} ${moment}: ${text}`));
      }
      return { cases: SERVERS.length, violations };
    };
    expect(await recorded({ row: 13, title: `cluster servers restarted in ${scenario.name}` }, play)).toEqual([]);
  });
});

interface RestartCase {
  readonly server: (typeof SERVERS)[number];
  readonly moment: Moment;
  /** At which of the deployment's writes. */
  readonly write: number;
}

async function restartAtWrite(
  bench: Bench,
  { plane }: OwnCluster,
  scenario: KillScenario,
  { server, moment, write }: RestartCase,
): Promise<string[]> {
  const run = await scenario.prepare(bench);
  let count = 0;
  let restarted: Promise<void> | undefined;
  bench.api.setRule((call): ApiFault | undefined => {
    if (!isDeployers(call) || !call.isWrite || ++count !== write) return undefined;
    const begin = (): undefined => {
      restarted = plane.restart(server);
    };
    return { kind: 'call-back', moment, run: begin };
  });
  const row = await bench.ended(await run.deploy({ deadlineSeconds: 120 }), 150_000);
  await restarted;
  bench.api.setRule(undefined);
  const verdict = run.verdict(row);
  const never = restarted === undefined ? ['nothing was restarted'] : [];
  return [...never, ...(await checkProperties(bench)), ...(verdict === undefined ? [] : [verdict])];
}
