/** What people do all day with what runs: each row has a file of its own in `operate`. */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { history } from './operate/history.mjs';

export const needs = ['postgres', 'nats'];

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, 'no-write': { type: 'boolean' } },
});
const rounds = Number(options.rounds);

const rows = await history({ rounds });
const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; ${rounds} requests each, one at a time.`,
  'Time at an HTTP client of the gateway: gateway, NATS, the service, Postgres and back.',
  '',
  ...table(['what', 'median ms', '95th percentile ms', 'wanted'], rows),
];
console.log(lines.join('\n'));
if (!options['no-write']) writeSection('operate', lines);
