import type { ApiCall } from './api-call.ts';
import type { ApiFault, FaultRule } from './api-fault.ts';
import type { SeededRandom } from './seeded-random.ts';

export type ScheduleOptions = {
  /** Which part of the calls is met, from 0 to 1. */
  readonly rate: number;
  /** What may happen to calls that are no watches. */
  readonly faults: readonly ApiFault[];
  /** What may happen to watches; nothing by default. */
  readonly watchFaults?: readonly ApiFault[];
  /** Calls that are left alone. */
  readonly spare?: (call: ApiCall) => boolean;
  /** After so many faults all is well. */
  readonly most?: number;
};

/** What the seed decides for a call depends on its number alone, not on how calls interleave. */
export function faultSchedule(random: SeededRandom, options: ScheduleOptions): FaultRule {
  const { rate, faults, watchFaults = [], spare = () => false, most = Infinity } = options;
  let met = 0;
  return (call) => {
    const choice = call.isWatch ? watchFaults : faults;
    const own = random.fork(`call ${call.number}`);
    if (met >= most || choice.length === 0 || spare(call) || own.next() >= rate) return undefined;
    met += 1;
    return own.pick(choice);
  };
}
