import fc from 'fast-check';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryFilePort } from '../src/files/memory-file-port.ts';
import { loadProject } from '../src/load-project.ts';
import type { LoadResult } from '../src/load-input.ts';
import { fixtures, fixturesMissing } from './fixtures.ts';
import { mutated } from './mutate.ts';
import { SAMPLE } from './sample.ts';

const CPU_MS_MAX = 1_000;
const HEAP_BYTES_MAX = 1024 ** 3;
const TEXT_MAX = 8_000;

export interface FuzzResult {
  readonly seed: number;
  readonly runs: number;
  readonly slowestMs: number;
  /** Growth of the heap since the run began. */
  readonly heapBytesMax: number;
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
  let heapBytesMax = 0;
  // What other test files left in this process is not the loader's.
  const heapBytesBefore = process.memoryUsage().heapUsed;
  const property = fc.property(mutated(corpus()), (text) => {
    const before = process.cpuUsage();
    const result = loadMutant(text);
    const { user, system } = process.cpuUsage(before);
    slowestMs = Math.max(slowestMs, (user + system) / 1_000);
    heapBytesMax = Math.max(heapBytesMax, process.memoryUsage().heapUsed - heapBytesBefore);
    if (result.ok !== result.diagnostics.every(({ severity }) => severity !== 'error')) throw new Error('ok is wrong');
    const lines = text.split('\n').length;
    for (const { code, position } of result.diagnostics) {
      if (position && (position.line < 1 || position.column < 1)) throw new Error(`${code} is nowhere`);
      if (position?.file === '/app/compose.yaml' && position.line > lines + 1)
        throw new Error(`${code} is past the end`);
    }
    if (slowestMs > CPU_MS_MAX) throw new Error(`took ${slowestMs} ms of processor time`);
    if (heapBytesMax > HEAP_BYTES_MAX) throw new Error(`heap grew by ${heapBytesMax} bytes`);
  });
  fc.assert(property, { numRuns: runs, seed });
  return { seed, runs, slowestMs: Math.round(slowestMs), heapBytesMax };
}
