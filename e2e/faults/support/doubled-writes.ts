import type { Bench } from './bench.ts';
import { isDeployers } from './kill-matrix.ts';

/** Where no worker dies nothing has to be written twice. Counts since `bench.api.forget()`. */
export function doubledWrites(bench: Bench): string[] {
  const written = bench.api
    .calls()
    .filter(({ call }) => isDeployers(call) && call.isWrite)
    .map(({ call }) => `${call.method} ${call.path}`);
  return [...Map.groupBy(written, (each) => each)].flatMap(([each, times]) =>
    times.length === 1 ? [] : [`${each} was sent ${times.length} times`],
  );
}
