import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';

export const percentile = (values, q) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.ceil(q * values.length) - 1)];
export const median = (values) => percentile(values, 0.5);
export const round = (value, digits = 1) => Number(value.toFixed(digits));

/** Wall time of each command in milliseconds, in turns, so that both meet the same machine; by default one unmeasured turn first. */
export async function timeCommands(commands, { runs, cwd, path, outputs, warmUp = true }) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let i = warmUp ? 0 : 1; i <= runs; i++)
    for (const [name, [program, ...args]] of Object.entries(commands)) {
      for (const output of outputs) {
        rmSync(output, { recursive: true, force: true });
        mkdirSync(output);
      }
      const start = performance.now();
      const { status, stderr, error } = spawnSync(program, args, {
        cwd,
        env: { ...process.env, PATH: path },
        encoding: 'utf8',
        maxBuffer: 64 << 20,
      });
      if (status !== 0) throw new Error(`${name} failed: ${error?.message ?? stderr.slice(-500)}`);
      if (i > 0) times[name].push(performance.now() - start);
    }
  return times;
}
