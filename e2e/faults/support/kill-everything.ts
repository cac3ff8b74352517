import type { ApiCall, Moment } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { isDeployers, killOnce, MOMENTS, type KillOutcome } from './kill-matrix.ts';
import type { KillScenario } from './kill-scenarios.ts';
import type { Outcome } from './record.ts';
import { chance, seed } from './settings.ts';

/** The number of calls differs a little from run to run. */
const SPARE_CALLS = 2;

/** Of so many seeds in a row, each kills at another part of the calls that write nothing. */
const SEEDS_THAT_SHARE = 3;

/**
 * Kills the worker at every call of a scenario, before, within and after it unless told, in an order of the seed's choice;
 * `one`: at one of these moments of every write, and of a third of the other calls, another third with the next seed.
 */
export async function killEverything(
  bench: Bench,
  scenario: KillScenario,
  moments: readonly Moment[] | 'one' = MOMENTS,
): Promise<Outcome> {
  const random = chance(scenario.name);
  const calls = await callsOf(bench, scenario);
  const momentsOf = (): readonly Moment[] => (moments === 'one' ? [random.pick(MOMENTS)] : moments);
  const all = Array.from({ length: calls.length + SPARE_CALLS }, (_, index) => index + 1);
  const numbers = moments === 'one' ? sharedOut(calls, all) : all;
  const cases = random.shuffle(numbers.flatMap((at) => momentsOf().map((moment) => ({ at, moment }))));
  const outcomes: KillOutcome[] = [];
  for (const each of cases) outcomes.push(await killOnce(bench, scenario, each, random));
  const killed = outcomes.filter((outcome) => outcome.killed);
  const missed =
    killed.length < (cases.length - SPARE_CALLS * momentsOf().length) * 0.9
      ? [`only ${killed.length} of ${cases.length} kills`]
      : [];
  return { cases: killed.length, violations: [...outcomes.flatMap(describe), ...missed] };
}

/** Where it is enough that the seeds together come to every call: each write, and this seed's part of the others. */
export function sharedOut(calls: readonly ApiCall[], numbers: readonly number[]): readonly number[] {
  return numbers.filter((at) => calls[at - 1]?.isWrite !== false || (at + seed) % SEEDS_THAT_SHARE === 0);
}

/** The calls that a whole run of the scenario makes without a fault. */
export async function callsOf(bench: Bench, scenario: KillScenario): Promise<readonly ApiCall[]> {
  const run = await scenario.prepare(bench);
  bench.api.forget();
  await bench.ended(await run.deploy());
  return bench.api.calls().flatMap(({ call }) => (isDeployers(call) ? [call] : []));
}

/** How many calls it makes; all of them unless told. */
export async function countCalls(
  bench: Bench,
  scenario: KillScenario,
  counts: (call: ApiCall) => boolean = () => true,
): Promise<number> {
  return (await callsOf(bench, scenario)).filter(counts).length;
}

export function describe({ at, moment, call, violations }: KillOutcome): string[] {
  return violations.map((text) => `killed ${moment} call ${at} (${call}): ${text}`);
}
