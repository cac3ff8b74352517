/** Processor time for loading and compiling a project with n and with 2n of each thing: doubled, it may at most double. */
import { compile } from '@ushadow/compiler';
import { loadProject, MemoryFilePort } from '@ushadow/compose';
import { table, writeSection } from './compile/results-section.mjs';
import { DIMENSIONS } from './growth/dimensions.mjs';

export const needs = [];

const RUNS = 5;
/** Twice, and what garbage collection and a busy machine add. */
const FACTOR_MAX = 3;

const rows = Object.entries(DIMENSIONS).map(([name, { n, at }]) => {
  const small = measured(at(n));
  const large = measured(at(2 * n));
  const factors = [large.load / small.load, large.compile / small.compile];
  return { name, n, small, large, factors };
});
const lines = table(
  ['of', 'n', 'load n', 'load 2n', 'factor', 'compile n', 'compile 2n', 'factor'],
  rows.map(({ name, n, small, large, factors: [load, compiled] }) => [
    name,
    n,
    ms(small.load),
    ms(large.load),
    load.toFixed(1),
    ms(small.compile),
    ms(large.compile),
    compiled.toFixed(1),
  ]),
);
console.log(lines.join('\n'));
const bad = rows.filter(({ factors }) => factors.some((factor) => factor >= FACTOR_MAX));
for (const { name, factors } of bad)
  console.log(`${name} grows by ${factors.map((each) => each.toFixed(1)).join(' and ')}`);
if (process.argv.includes('--record')) {
  writeSection('growth', [`Processor time, best of ${RUNS}. \`npm run bench -- growth --record\`.`, '', ...lines]);
}
process.exitCode = bad.length > 0 ? 1 : 0;

/** Best of several, in milliseconds of processor time. */
function measured(files) {
  const port = new MemoryFilePort(
    Object.fromEntries(Object.entries(files).map(([path, text]) => [`/p/${path}`, text])),
  );
  let [load, compiled] = [Infinity, Infinity];
  for (let run = 0; run < RUNS; run += 1) {
    globalThis.gc?.();
    const loading = spent(() => loadProject({ files: ['/p/compose.yaml'], port, environment: {} }));
    const { project, positions, diagnostics, declaredEnvironment, templates } = loading.result;
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (error) throw new Error(error.message);
    const options = { namespace: 'n' };
    const input = {
      project,
      positions,
      declared: declaredEnvironment,
      templates,
      files: port,
      services: 'all',
      options,
    };
    const compiling = spent(() => compile(input));
    [load, compiled] = [Math.min(load, loading.ms), Math.min(compiled, compiling.ms)];
  }
  return { load, compile: compiled };
}

function spent(work) {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  return { result, ms: (user + system) / 1_000 };
}

function ms(milliseconds) {
  return `${milliseconds.toFixed(0)} ms`;
}
