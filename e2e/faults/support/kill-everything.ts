import type { ApiCall, Moment } from '@ushadow/testing';
import type { Bench } from './bench.ts';
import { isDeployers, killOnce, MOMENTS, type KillOutcome } from './kill-matrix.ts';
import type { KillScenario } from './kill-scenarios.ts';
import type { Outcome } from './record.ts';
import { chance } from './settings.ts';

/** The number of calls differs a little from run to run. */
const SPARE_CALLS = 2;

/** Kills the worker at every call of a scenario, before, within and after it unless told, in an order of the seed's choice; `one`: at one of these moments each. */
export async function killEverything(
  bench: Bench,
  scenario: KillScenario,
  moments: readonly Moment[] | 'one' = MOMENTS,
): Promise<Outcome> {
  const random = chance(scenario.name);
  const calls = await countCalls(bench, scenario);
  const momentsOf = (): readonly Moment[] => (moments === 'one' ? [random.pick(MOMENTS)] : moments);
  const numbers = Array.from({ length: calls + SPARE_CALLS }, (_, index) => index + 1);
  const cases = random.shuffle(numbers.flatMap((at) => momentsOf().map((moment) => ({ at, moment }))));
  const outcomes: KillOutcome[] = [];
  for (const each of cases) outcomes.push(await killOnce(bench, scenario, each, random));
  const killed = outcomes.filter((outcome) => outcome.killed);
  const missed =
    killed.length < calls * momentsOf().length * 0.9 ? [`only ${killed.length} of ${cases.length} kills`] : [];
  return { cases: killed.length, violations: [...outcomes.flatMap(describe), ...missed] };
}

/** How many calls a whole run of the scenario makes without a fault; all of them unless told. */
export async function countCalls(
  bench: Bench,
  scenario: KillScenario,
  counts: (call: ApiCall) => boolean = () => true,
): Promise<number> {
  const run = await scenario.prepare(bench);
  bench.api.forget();
  await bench.ended(await run.deploy());
  return bench.api.calls().filter(({ call }) => isDeployers(call) && counts(call)).length;
}

export function describe({ at, moment, call, violations }: KillOutcome): string[] {
  return violations.map((text) => `killed ${moment} call ${at} (${call}): ${text}`);
}
