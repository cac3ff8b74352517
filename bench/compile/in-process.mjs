import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { printYaml } from '../../libs/compiler/src/index.ts';
import { compileFile } from '../../libs/compiler/test/harness/compile-file.ts';
import { median } from './measure.mjs';

/** From text to YAML, as a user waits for it; gives back how many objects there were. */
function once(file) {
  const { result } = compileFile([file], { environment: {} });
  const objects = result?.objects ?? [];
  printYaml(objects);
  return objects.length;
}

function timed(file) {
  const start = performance.now();
  const objects = once(file);
  return { ms: performance.now() - start, objects };
}

/** Every file some rounds over: the median of each file's warm rounds, and the totals of the first and of a warm pass. */
export function compileRounds(files, rounds) {
  const first = files.map((file) => timed(file).ms);
  const warm = files.map((file) => median(Array.from({ length: rounds }, () => timed(file).ms)));
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  return { perFile: warm, firstTotal: sum(first), total: sum(warm) };
}

/** One file in a process of its own: first run, warm median of five, heap in use afterwards, peak of the whole process. */
export function measureFresh(file) {
  const self = fileURLToPath(import.meta.url);
  const out = execFileSync(
    process.execPath,
    ['--conditions=@ushadow/source', '--no-warnings', '--expose-gc', self, file],
    { encoding: 'utf8' },
  );
  return JSON.parse(out);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = process.argv[2];
  const { ms: coldMs, objects } = timed(file);
  const warmMs = median(Array.from({ length: 5 }, () => timed(file).ms));
  globalThis.gc();
  const heapMiB = process.memoryUsage().heapUsed / 2 ** 20;
  process.stdout.write(
    JSON.stringify({ coldMs, warmMs, objects, heapMiB, rssMiB: process.resourceUsage().maxRSS / 1024 }),
  );
}
