import type { ApiFault } from '@ushadow/testing';
import { streams } from '@ushadow/contracts';
import type { Bench } from './bench.ts';
import { checkProperties } from './check-properties.ts';
import { countCalls } from './kill-everything.ts';
import { isDeployers } from './kill-matrix.ts';
import { wrongWith, type KillScenario } from './kill-scenarios.ts';
import type { Outcome } from './record.ts';
import { chance } from './settings.ts';

/** Another worker goes on so soon after one was told to end. */
const HAND_OVER_MS = 1_000;
/** The first delivery, the one after the hand-over, and a wake-up that crossed with it. */
const DELIVERIES_MOST = 3;

/** Tells the worker to end at each call of a scenario. */
export async function handOverEverywhere(bench: Bench, scenario: KillScenario): Promise<Outcome> {
  const calls = await countCalls(bench, scenario);
  const numbers = chance(`SIGTERM ${scenario.name}`).shuffle(Array.from({ length: calls }, (_, index) => index + 1));
  const violations: string[] = [];
  let cases = 0;
  for (const at of numbers) {
    const first = await handOver(bench, scenario, at);
    // A machine that was busy for a moment is not late twice at the same call.
    const outcome = first.isLate ? await handOver(bench, scenario, at) : first;
    cases += outcome.reported ? 1 : 0;
    violations.push(...outcome.violations.map((text) => `SIGTERM before call ${at}: ${text}`));
  }
  return { cases, violations };
}

/** Tells the worker to end when its deployment makes the call of this number. */
export async function handOver(
  bench: Bench,
  scenario: KillScenario,
  at: number,
): Promise<{ readonly reported: boolean; readonly isLate: boolean; readonly violations: readonly string[] }> {
  const run = await scenario.prepare(bench);
  await bench.workers.fill(2);
  const before = await delivered(bench);
  const aimed = Promise.withResolvers<string>();
  let count = 0;
  let reportedAt: number | undefined;
  bench.api.setRule((call): ApiFault | undefined => {
    if (!isDeployers(call) || ++count !== at) return undefined;
    const tell = async (): Promise<undefined> => {
      const worker = await bench.workers.holderOf(await aimed.promise);
      reportedAt = Date.now();
      bench.workers.end(worker);
    };
    return { kind: 'call-back', moment: 'before', run: tell };
  });
  const id = await run.deploy();
  aimed.resolve(id);
  const row = await bench.ended(id);
  bench.api.setRule(undefined);
  const violations = [...(await checkProperties(bench)), ...(await wrongWith(run, row))];
  if (reportedAt === undefined) return { reported: false, isLate: false, violations };
  const taken = (await bench.store.leases()).filter(
    ({ deployment_id: own, epoch, previous_epoch: previous }) => own === id && epoch !== previous,
  );
  const waited = (taken[1]?.at.getTime() ?? Infinity) - reportedAt;
  // At the last calls the worker may have been done before it let go.
  const isLate = taken.length > 1 && waited > HAND_OVER_MS;
  if (isLate) violations.push(`taken over after ${waited} ms`);
  if (taken.length > 2) violations.push(`taken ${taken.length} times`);
  const deliveries = (await delivered(bench)) - before;
  if (deliveries > DELIVERIES_MOST) violations.push(`${deliveries} deliveries of one job`);
  return { reported: true, isLate, violations };
}

/** How many messages the workers' consumer has been handed, redeliveries included. */
async function delivered(bench: Bench): Promise<number> {
  const manager = await bench.bus.jetStreamManager();
  return (await manager.consumers.info(streams.deploy.name, streams.deploy.consumer.name)).delivered.consumer_seq;
}
