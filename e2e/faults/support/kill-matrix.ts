import type { ApiCall, ApiFault, FaultRule, Moment, SeededRandom } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { checkProperties } from './check-properties.ts';
import { wrongWith, type KillScenario } from './kill-scenarios.ts';
import { LEASE_SECONDS } from './settings.ts';

export const MOMENTS: readonly Moment[] = ['before', 'handled', 'answered'];

/** A worker goes on at the latest this long after another one was killed. */
const TAKE_OVER_MS = (LEASE_SECONDS + 1) * 1_000;
const JITTER_MS = 12;

export interface KillCase {
  /** The number of the deployment's call at which its worker is killed, from 1. */
  readonly at: number;
  readonly moment: Moment;
}

export interface KillOutcome extends KillCase {
  /** False when the deployment made fewer calls than that. */
  readonly killed: boolean;
  /** What the call was. */
  readonly call: string;
  /** From the kill to the next worker's lease, by the database's clock. */
  readonly takeOverMs: number | undefined;
  readonly violations: readonly string[];
}

/** Kills the worker of one deployment at one moment of one call, lets another one finish it, and checks everything. */
export async function killOnce(
  bench: Bench,
  scenario: KillScenario,
  { at, moment }: KillCase,
  random: SeededRandom,
): Promise<KillOutcome> {
  const run = await scenario.prepare(bench);
  await bench.workers.fill(2);
  const kill = new Kill(bench, { at, moment }, random);
  bench.api.setRule(kill.rule);
  const id = await run.deploy();
  kill.aim(id);
  const row = await bench.ended(id);
  await kill.over;
  bench.api.setRule(undefined);
  const violations = await checkProperties(bench);
  await kill.refilled;
  const takeOverMs = kill.killedAt === undefined ? undefined : await takeOver(bench, id, kill.killedAt);
  violations.push(...(await wrongWith(run, row)));
  if (takeOverMs !== undefined && takeOverMs > TAKE_OVER_MS) violations.push(`taken over after ${takeOverMs} ms`);
  return { at, moment, killed: kill.killedAt !== undefined, call: kill.call, takeOverMs, violations };
}

/** Waits for its call, and kills the deployment's worker there; the other calls come a little late, as the seed says. */
class Kill {
  killedAt: number | undefined;
  call = '';
  /** Resolves when a kill that was begun is over. */
  over: Promise<void> = Promise.resolve();
  refilled: Promise<void> = Promise.resolve();
  readonly rule: FaultRule;
  readonly #bench: Bench;
  readonly #aimed = Promise.withResolvers<string>();
  #count = 0;

  constructor(bench: Bench, { at, moment }: KillCase, random: SeededRandom) {
    this.#bench = bench;
    this.rule = (call): ApiFault | undefined => {
      if (!isDeployers(call)) return undefined;
      this.#count += 1;
      if (this.#count !== at) return { kind: 'latency', ms: random.between(0, JITTER_MS) };
      this.call = `${call.method} ${call.path.replace(/\?.*/, '')}`;
      return { kind: 'call-back', moment, run: () => this.#strike() };
    };
  }

  aim(deploymentId: string): void {
    this.#aimed.resolve(deploymentId);
  }

  async #strike(): Promise<'drop'> {
    const struck = Promise.withResolvers<void>();
    this.over = struck.promise;
    const { workers } = this.#bench;
    const worker = await workers.holderOf(await this.#aimed.promise);
    this.killedAt = Date.now();
    await workers.kill(worker);
    // Another one starts in its place while the lease runs out.
    this.refilled = workers.fill(2);
    struck.resolve();
    return 'drop';
  }
}

/** Another service looks at the cluster too. */
export function isDeployers({ userAgent }: ApiCall): boolean {
  return userAgent.startsWith('ushadow-deployer/');
}

async function takeOver(bench: Bench, id: string, killedAt: number): Promise<number | undefined> {
  const taken = (await bench.store.leases()).filter(
    ({ deployment_id: own, epoch, previous_epoch: before }) => own === id && epoch !== before,
  );
  const next = taken.find(({ at }) => at.getTime() >= killedAt);
  return next === undefined ? undefined : next.at.getTime() - killedAt;
}
