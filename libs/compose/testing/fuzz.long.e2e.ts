import { describe, expect, it } from '@jest/globals';
import { fuzz } from './fuzz-loader.ts';

const runs = Number(process.env['USHADOW_FUZZ_RUNS'] ?? 20_000);
const seed = Number(process.env['USHADOW_FUZZ_SEED'] ?? Date.now() % 2 ** 31);

describe(`loader on ${runs} mutated files (seed ${seed}; repeat with USHADOW_FUZZ_SEED)`, () => {
  it('never throws, takes no second of processor time, and holds less than 1 GiB of the heap once garbage is collected', () => {
    const { slowestMs, heldBytesMax, runs: done } = fuzz(runs, seed);
    process.stdout.write(
      `fuzz: ${done} runs, seed ${seed}, slowest ${slowestMs} ms, held at most ${Math.round(heldBytesMax / 1024 ** 2)} MiB\n`,
    );
    expect(done).toBe(runs);
  }, 600_000);
});
