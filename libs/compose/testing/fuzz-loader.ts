import fc from 'fast-check';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryFilePort } from '../src/files/memory-file-port.ts';
import { loadProject } from '../src/load-project.ts';
import type { LoadResult } from '../src/load-input.ts';
import { fixtures, fixturesMissing } from './fixtures.ts';
import { HeldMemory } from './held-memory.ts';
import { mutated } from './mutate.ts';
import { SAMPLE } from './sample.ts';

const CPU_MS_MAX = 1_000;
const HELD_BYTES_MAX = 1024 ** 3;
const TEXT_MAX = 8_000;

export interface FuzzResult {
  readonly seed: number;
  readonly runs: number;
  readonly slowestMs: number;
  /** What was held at the most since the run began: by the load at hand, and by what others left for good. */
  readonly heldBytesMax: number;
}

/** Compose files to start from: our own sample, and the fixtures when they are there. */
function corpus(): readonly string[] {
  const texts = fixturesMissing ? [] : composeTexts(fixtures);
  return [SAMPLE, ...texts.filter((text) => text.length <= TEXT_MAX)];
}

function composeTexts(directory: string): readonly string[] {
  return readdirSync(directory).flatMap((name) => {
    const path = join(directory, name);
    if (statSync(path).isDirectory()) return composeTexts(path);
    if (!/\.ya?ml$/.test(name)) return [];
    const text = readFileSync(path, 'utf8');
    return /^services:/m.test(text) ? [text] : [];
  });
}

export function loadMutant(text: string): LoadResult {
  const files = { '/app/compose.yaml': text, '/app/.env': 'A=1', '/app/a.env': 'B=${A}' };
  return loadProject({ files: ['/app/compose.yaml'], port: new MemoryFilePort(files), environment: { TAG: '1' } });
}

/** Loads mutants; throws with the seed and the smallest text when one breaks a promise of the loader. */
export function fuzz(runs: number, seed: number): FuzzResult {
  let slowestMs = 0;
  const memory = new HeldMemory();
  const property = fc.property(mutated(corpus()), (text) => {
    const before = process.cpuUsage();
    const result = loadMutant(text);
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
    memory.look();
    if (result.ok !== result.diagnostics.every(({ severity }) => severity !== 'error')) throw new Error('ok is wrong');
    const lines = text.split('\n').length;
    for (const { code, position } of result.diagnostics) {
      if (position && (position.line < 1 || position.column < 1)) throw new Error(`${code} is nowhere`);
      if (position?.file === '/app/compose.yaml' && position.line > lines + 1)
        throw new Error(`${code} is past the end`);
    }
    if (slowestMs > CPU_MS_MAX) throw new Error(`took ${slowestMs} ms of processor time`);
    if (memory.most > HELD_BYTES_MAX) throw new Error(`${memory.most} bytes are held`);
  });
  fc.assert(property, { numRuns: runs, seed });
  return { seed, runs, slowestMs: Math.round(slowestMs), heldBytesMax: memory.most };
}
