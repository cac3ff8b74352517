/** What people do all day with what runs: each part has a file of its own in `operate`; `-- NAME` measures one. */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { drift } from './operate/drift.mjs';
import { exec } from './operate/exec.mjs';
import { history } from './operate/history.mjs';
import { logs } from './operate/logs.mjs';
import { tree } from './operate/tree.mjs';

export const needs = ['cluster', 'postgres', 'nats'];

const { values: options, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, 'no-write': { type: 'boolean' } },
  allowPositionals: true,
});
const rounds = Number(options.rounds);

const machine = () =>
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}`;

async function described(measure) {
  const { about, head, rows } = await measure();
  return [`${machine()}; ${about}`, '', ...table(head, rows)];
}

const parts = {
  history: async () => [
    `${machine()}; ${rounds} requests each, one at a time.`,
    'Time at an HTTP client of the gateway: gateway, NATS, the service, Postgres and back.',
    '',
    ...table(['what', 'median ms', '95th percentile ms', 'wanted'], await history({ rounds })),
  ],
  drift: () => described(drift),
  tree: () => described(tree),
  logs: () => described(logs),
  exec: () => described(exec),
};

for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const lines = await measure();
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection(`operate: ${name}`, lines);
}
