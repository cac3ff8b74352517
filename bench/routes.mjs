/** Processor time for reading n and 2n routers from labels, and for compiling them: doubled, it may at most double. */
import { readProxyLabels } from '@ushadow/proxy-labels';
import { table, writeSection } from './compile/results-section.mjs';
import { LABELS } from './routes/many-labels.mjs';
import { compileRouters } from './routes/many-routers.mjs';

export const needs = [];

const RUNS = 5;
const N = 10_000;
/** Twice, and what garbage collection and a busy machine add. */
const FACTOR_MAX = 3;

const TARGETS = { Ingresses: { kind: 'ingress' }, HTTPRoutes: { kind: 'gateway', name: 'gateway' } };

const reading = Object.entries(LABELS).map(([name, { n = N, at }]) => {
  const read = (services) => () => {
    const { routes, findings } = readProxyLabels(services);
    return { routes: routes.length, findings: findings.length };
  };
  return rowOf(`read: ${name}`, n, read(at(n)), read(at(2 * n)));
});
const compiling = Object.entries(TARGETS).map(([name, target]) => {
  const compile = (count) => () => ({ routes: compileRouters(count, target), findings: '' });
  return rowOf(`compiled to ${name}`, N, compile(N), compile(2 * N));
});
const rows = [...reading, ...compiling];
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
  writeSection('routes', [`Processor time, best of ${RUNS}. \`npm run bench -- routes --record\`.`, '', ...lines]);
}
process.exitCode = rows.some(({ factor }) => factor >= FACTOR_MAX) ? 1 : 0;

function rowOf(name, n, once, twice) {
  const [small, large] = [measured(once), measured(twice)];
  return { name, n, small, large, factor: large.ms / small.ms };
}

/** Best of several, in milliseconds of processor time. */
function measured(work) {
  let ms = Infinity;
  let result;
  for (let run = 0; run < RUNS; run += 1) {
    globalThis.gc?.();
    const before = process.cpuUsage();
    result = work();
    const { user, system } = process.cpuUsage(before);
    ms = Math.min(ms, (user + system) / 1_000);
  }
  return { ms, ...result };
}
