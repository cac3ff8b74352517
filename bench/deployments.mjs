/** The list of deployments at the gateway, with ten thousand of them in the table. */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import { median, percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { fillTables } from './deployments/fill-tables.mjs';

export const needs = ['postgres', 'nats'];

const { values: options } = parseArgs({
  options: {
    deployments: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '50' },
    'no-write': { type: 'boolean' },
  },
});
const count = Number(options.deployments);
const rounds = Number(options.rounds);

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const only = ['deployer-service', 'gateway'];
const env = { 'deployer-service': { LOG_LEVEL: 'warn' }, gateway: { LOG_LEVEL: 'warn' } };
const system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env });

async function page(query) {
  const start = performance.now();
  const response = await fetch(`${system.gatewayUrl}/api/deployments?${query}`);
  const text = await response.text();
  const ms = performance.now() - start;
  if (!response.ok) throw new Error(text);
  return { ms, kib: text.length / 1024, body: JSON.parse(text) };
}

async function measure(name, query) {
  for (let warm = 0; warm < 5; warm += 1) await page(query);
  const taken = [];
  let kib = 0;
  for (let turn = 0; turn < rounds; turn += 1) {
    const answer = await page(query);
    taken.push(answer.ms);
    kib = answer.kib;
  }
  return [name, round(median(taken)), round(percentile(taken, 0.95)), round(Math.max(...taken)), round(kib, 0)];
}

try {
  await fillTables(database, count);
  let cursor = '';
  let seen = 0;
  // Through all pages to one near the end: none may come twice or be left out.
  const ids = new Set();
  for (;;) {
    const { body } = await page(`limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`);
    for (const { deployment_id: id } of body.deployments) ids.add(id);
    seen += body.deployments.length;
    if (body.next_cursor === null || seen >= count - 200) break;
    cursor = body.next_cursor;
  }
  if (ids.size !== seen) throw new Error(`${seen} rows, ${ids.size} different ones`);
  const rows = [
    await measure('newest 50', 'limit=50'),
    await measure('newest 200', 'limit=200'),
    await measure(`200 after the first ${seen - 200}`, `limit=200&cursor=${cursor}`),
    await measure('newest 50 of one cluster', 'limit=50&cluster_id=0000000000000003'),
  ];
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; ${rounds} requests each, one at a time.`,
    `${count} deployments in the table. Time at an HTTP client of the gateway: gateway, NATS, deployer-service, Postgres and back.`,
    '',
    ...table(['page', 'median ms', '95th percentile ms', 'worst ms', 'KiB'], rows),
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('deployments', lines);
} finally {
  await system.stop();
  await database.drop();
}
