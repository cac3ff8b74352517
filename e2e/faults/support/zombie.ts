import type { ApiFault, SeededRandom } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { checkProperties } from './check-properties.ts';
import { isDeployers } from './kill-matrix.ts';
import { wrongWith, type KillScenario } from './kill-scenarios.ts';
import type { Worker } from './worker-pool.ts';
import { until } from './until.ts';

/** When the stopped worker goes on: as soon as another one has taken its deployment, while that one rolls back, or after its end. */
export const WAKINGS = ['taken', 'rolling back', 'ended'] as const;
export type Waking = (typeof WAKINGS)[number];

export interface ZombieCase {
  /** The call whose answer comes while the worker stands still. */
  readonly at: number;
  readonly waking: Waking;
}

const LONG_MS = 20_000;
const LETS_GO = /deployment of \S+ (handed over|lost to another worker)/;

/** Stops a worker within a call for longer than its lease, lets another one take over, and wakes the first. */
export async function wakeZombie(
  bench: Bench,
  scenario: KillScenario,
  { at, waking }: ZombieCase,
  random: SeededRandom,
): Promise<{ readonly stopped: boolean; readonly violations: readonly string[] }> {
  const run = await scenario.prepare(bench);
  await bench.workers.fill(2);
  const aimed = Promise.withResolvers<string>();
  let count = 0;
  let zombie: Worker | undefined;
  const stopped = Promise.withResolvers<void>();
  bench.api.setRule((call): ApiFault | undefined => {
    if (!isDeployers(call)) return undefined;
    if (++count !== at) return { kind: 'latency', ms: random.between(0, 10) };
    const stop = async (): Promise<undefined> => {
      zombie = await bench.workers.holderOf(await aimed.promise);
      zombie.service.process.signal('STOP');
      stopped.resolve();
    };
    return { kind: 'call-back', moment: 'handled', run: stop };
  });
  const id = await run.deploy();
  aimed.resolve(id);
  const ended = bench.ended(id);
  await Promise.race([stopped.promise, ended]);
  if (zombie === undefined) return { stopped: false, violations: [] };
  try {
    await untilWaking(bench, id, waking);
  } finally {
    zombie.service.process.signal('CONT');
  }
  await untilSilent(zombie, id);
  const row = await ended;
  bench.api.setRule(undefined);
  return { stopped: true, violations: [...(await checkProperties(bench)), ...(await wrongWith(run, row))] };
}

async function untilWaking(bench: Bench, id: string, waking: Waking): Promise<void> {
  const reached = async (): Promise<true | undefined> => {
    const row = await bench.store.deployment(id);
    if (row.finished_at !== null) return true;
    if (waking === 'ended' || row.attempt < 2) return undefined;
    if (waking === 'taken') return true;
    const events = await bench.store.events(id);
    const isBack = ({ type, data, attempt }: (typeof events)[number]): boolean =>
      attempt > 1 && type === 'stage.started' && data['stage'] === 'rollback';
    return events.some(isBack) ? true : undefined;
  };
  await until(`the moment "${waking}" of ${id}`, reached, LONG_MS);
}

/** The woken worker says that it has let go: from then on it does nothing more for this deployment. */
async function untilSilent({ output }: Worker, id: string): Promise<void> {
  const letGo = (): true | undefined =>
    output()
      .split('\n')
      .some((line) => line.includes(id) && LETS_GO.test(line))
      ? true
      : undefined;
  await until(`the woken worker to let go of ${id}`, letGo, LONG_MS);
}
