/** Processor time for reading n and 2n routers from labels: doubled, it may at most double. */
import { readProxyLabels } from '@ushadow/proxy-labels';
import { table, writeSection } from './compile/results-section.mjs';
import { LABELS } from './proxy-labels/many-labels.mjs';

export const needs = [];

const RUNS = 5;
const N = 10_000;
/** Twice, and what garbage collection and a busy machine add. */
const FACTOR_MAX = 3;

const rows = Object.entries(LABELS).map(([name, { n = N, at }]) => {
  const [small, large] = [measured(at(n)), measured(at(2 * n))];
  return { name, n, small, large, factor: large.ms / small.ms };
});
const lines = table(
  ['routers', 'n', 'routes', 'findings', 'n, ms', '2n, ms', 'factor'],
  rows.map(({ name, n, small, large, factor }) => [
    name,
    n,
    small.routes,
    small.findings,
    small.ms.toFixed(0),
    large.ms.toFixed(0),
    factor.toFixed(1),
  ]),
);
console.log(lines.join('\n'));
if (process.argv.includes('--record')) {
  writeSection('proxy-labels', [
    `Processor time, best of ${RUNS}. \`npm run bench -- proxy-labels --record\`.`,
    '',
    ...lines,
  ]);
}
process.exitCode = rows.some(({ factor }) => factor >= FACTOR_MAX) ? 1 : 0;

/** Best of several, in milliseconds of processor time. */
function measured(services) {
  let ms = Infinity;
  let reading;
  for (let run = 0; run < RUNS; run += 1) {
    globalThis.gc?.();
    const before = process.cpuUsage();
    reading = readProxyLabels(services);
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1_000);
  }
  return { ms, routes: reading.routes.length, findings: reading.findings.length };
}
