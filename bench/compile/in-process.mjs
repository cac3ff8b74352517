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

/** Wall and processor time in milliseconds; the second says more on a machine that others use too. */
function timed(file) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const objects = once(file);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms, cpuMs: (user + system) / 1000, objects };
}

/** Every file some rounds over: the median of each file's warm rounds, and the totals of the first and of a warm pass. */
export function compileRounds(files, rounds) {
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const first = files.map(timed);
  const warm = files.map((file) => Array.from({ length: rounds }, () => timed(file)));
  const perFile = (key) => warm.map((runs) => median(runs.map((run) => run[key])));
  return {
    perFile: { ms: perFile('ms'), cpuMs: perFile('cpuMs') },
    first: { ms: sum(first.map((run) => run.ms)), cpuMs: sum(first.map((run) => run.cpuMs)) },
    warm: { ms: sum(perFile('ms')), cpuMs: sum(perFile('cpuMs')) },
  };
}

/**
 * Runs for ten seconds of processor time, at least ten times; the last seven. By processor time, since a busy machine does less
 * in a second; ten, since the engine still compiles much of what is hot after two, beside the measured thread.
 */
function warmRuns(file) {
  const runs = [];
  const start = process.cpuUsage();
  const spent = ({ user, system }) => (user + system) / 1e6;
  while (runs.length < 10 || spent(process.cpuUsage(start)) < 10) runs.push(timed(file));
  return runs.slice(-7);
}

/** One file in a process of its own: first run, median when warm, heap in use afterwards, peak of the whole process. */
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
  const runs = warmRuns(file);
  globalThis.gc();
  const memory = { heapMiB: process.memoryUsage().heapUsed / 2 ** 20, rssMiB: process.resourceUsage().maxRSS / 1024 };
  const warm = { warmMs: median(runs.map((run) => run.ms)), warmCpuMs: median(runs.map((run) => run.cpuMs)) };
  process.stdout.write(JSON.stringify({ coldMs, ...warm, objects, ...memory }));
}
