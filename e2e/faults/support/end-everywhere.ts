import type { Bench } from './bench.ts';
import { endEarly, type EndRequest } from './end-early.ts';
import { callsOf, sharedOut } from './kill-everything.ts';
import { MOMENTS } from './kill-matrix.ts';
import type { KillScenario } from './kill-scenarios.ts';
import type { Outcome } from './record.ts';
import { chance } from './settings.ts';

/** At the very end a request comes too late, and the number of calls differs a little from run to run. */
const ASKED_SHARE = 0.8;

/**
 * Has a deployment asked to end during every call of a scenario, in an order and with moments of the seed's choice;
 * `shared`: at every write, and at this seed's part of the other calls.
 */
export async function endEverywhere(
  bench: Bench,
  scenario: KillScenario,
  requests: readonly EndRequest[],
  calls: 'every' | 'shared' = 'every',
): Promise<Outcome> {
  const random = chance(`end ${requests.join()} ${scenario.name}`);
  const made = await callsOf(bench, scenario);
  const all = made.map((_, index) => index + 1);
  const numbers = calls === 'shared' ? sharedOut(made, all) : all;
  const violations: string[] = [];
  let [cases, early] = [0, 0];
  for (const at of random.shuffle(numbers)) {
    const each = { at, moment: random.pick(MOMENTS), request: random.pick(requests) };
    const outcome = await endEarly(bench, scenario, each);
    cases += outcome.asked ? 1 : 0;
    early += outcome.asked && outcome.early ? 1 : 0;
    violations.push(...outcome.violations.map((text) => `${each.request}, ${each.moment} call ${at}: ${text}`));
  }
  if (cases < numbers.length * ASKED_SHARE) violations.push(`only ${cases} of ${numbers.length} calls`);
  if (early === 0) violations.push('none has ended early');
  return { cases, violations };
}
