import { parseArgs } from 'node:util';
import { anySeed } from '@ushadow/testing';

export type FaultOptions = {
  readonly seeds: readonly number[];
  /** Rows to play; all of them when empty. */
  readonly rows: readonly number[];
  /** Writes what came of it to docs/reliability. */
  readonly record: boolean;
};

/** @throws Error that says what is wrong with the arguments */
export function readOptions(args: readonly string[]): FaultOptions {
  const { values } = parseArgs({
    args: [...args],
    options: { seed: { type: 'string' }, row: { type: 'string' }, record: { type: 'boolean', default: false } },
  });
  const seeds = values.seed === undefined ? [anySeed()] : numbers('seed', values.seed);
  return { seeds, rows: values.row === undefined ? [] : numbers('row', values.row), record: values.record };
}

function numbers(name: string, text: string): number[] {
  const found = text.split(',').map(Number);
  if (found.some((number) => !Number.isInteger(number) || number < 0)) throw new Error(`--${name} ${text}: no numbers`);
  return found;
}
