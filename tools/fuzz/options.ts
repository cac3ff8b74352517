import { parseArgs } from 'node:util';
import { anySeed } from '@ushadow/testing';

/** How long and from where; the same seed sends the same things in the same order. */
export type FuzzOptions = { readonly minutes: number; readonly seed: number };

/** @throws Error that says what is wrong with the arguments */
export function readFuzzOptions(args: readonly string[]): FuzzOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string' } },
  });
  const [minutes, seed] = [Number(values.minutes), values.seed === undefined ? anySeed() : Number(values.seed)];
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes}: no time`);
  if (!Number.isInteger(seed)) throw new Error(`--seed ${String(values.seed)}: no whole number`);
  return { minutes, seed };
}
