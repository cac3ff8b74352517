/** Many registered clusters: the status sweep connection by connection, after a pause too, and the list page. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { parseKubeconfig } from '@ushadow/kubernetes';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import pg from 'pg';
import { startCountingRelay } from './clusters/counting-relay.mjs';
import { median, percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';

export const needs = ['cluster', 'nats', 'postgres'];

const REGISTER_AT_ONCE = 4;
const { values: options } = parseArgs({
  options: {
    clusters: { type: 'string', default: '500' },
    interval: { type: 'string', default: '60' },
    requests: { type: 'string', default: '200' },
    'no-write': { type: 'boolean' },
  },
});
const [clusters, interval, requests] = [options.clusters, options.interval, options.requests].map(Number);
const kubeconfig = readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8');
const parsed = parseKubeconfig(kubeconfig);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const { server } = parsed.connection;
const relay = await startCountingRelay(Number(new URL(server).port));
const behindRelay = kubeconfig.replaceAll(server, `https://127.0.0.1:${relay.port}`);

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const env = {
  'cluster-service': { STATUS_INTERVAL_SECONDS: String(interval), LOG_LEVEL: 'warn' },
  gateway: { LOG_LEVEL: 'warn' },
};
const start = (only) => startServices({ database, natsUrl, composeDirectory: '/x', only, env });
const edge = await start(['gateway']);
let service = await start(['cluster-service']);
const url = `${edge.gatewayUrl}/api/kubernetes/clusters`;

async function registerAll() {
  const times = [];
  const names = Array.from({ length: clusters }, (_, index) => `cluster-${String(index).padStart(4, '0')}`);
  const body = {
    allow_duplicate: true,
    kubeconfig: Buffer.from(behindRelay).toString('base64'),
    labels: { team: 'bench', region: 'eu' },
  };
  const run = async () => {
    for (let name = names.shift(); name !== undefined; name = names.shift()) {
      const begin = performance.now();
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ name, ...body }) });
      if (answer.status !== 201) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
      await answer.arrayBuffer();
      times.push(performance.now() - begin);
    }
  };
  await Promise.all(Array.from({ length: REGISTER_AT_ONCE }, run));
  return times;
}

async function listPage() {
  const begin = performance.now();
  const answer = await fetch(url);
  const text = await answer.text();
  const took = performance.now() - begin;
  if (JSON.parse(text).length !== clusters) throw new Error(`the page has ${JSON.parse(text).length} clusters`);
  return { took, bytes: text.length };
}

async function query(text) {
  const client = new pg.Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

/** Connections a second over a time, empty seconds included. */
function perSecond(begun, from, until) {
  const counts = Array.from({ length: Math.max(1, Math.ceil((until - from) / 1000)) }, () => 0);
  for (const time of begun) counts[Math.min(counts.length - 1, Math.max(0, Math.floor((time - from) / 1000)))] += 1;
  return counts;
}

const sweepRow = (name, { begun, most }, from, until) => {
  const counts = perSecond(begun, from, until);
  const spread = [Math.min(...counts), median(counts), percentile(counts, 0.95), Math.max(...counts)];
  return [name, round((until - from) / 1000, 0), begun.length, ...spread, most];
};

async function steadySweep(seconds) {
  relay.take();
  const from = performance.now();
  const pages = [];
  while (performance.now() - from < seconds * 1000) {
    pages.push((await listPage()).took);
    await delay(500);
  }
  return { row: sweepRow('every minute, as it comes', relay.take(), from, performance.now()), pages };
}

/** Nobody looked for longer than any schedule: everything is due at once when the service comes back. */
async function afterPause() {
  await service.stop();
  await query('UPDATE clusters.clusters SET next_check_at = now() - make_interval(mins => 5)');
  const [{ now }] = await query('SELECT now()::text AS now');
  relay.take();
  service = await start(['cluster-service']);
  const from = performance.now();
  for (;;) {
    const [{ left }] = await query(`SELECT count(*)::int AS left FROM clusters.clusters WHERE checked_at < '${now}'`);
    if (left === 0) break;
    await delay(250);
  }
  return sweepRow('all due at once, after a pause', relay.take(), from, performance.now());
}

try {
  const registered = await registerAll();
  for (let index = 0; index < 20; index += 1) await listPage();
  const pages = [];
  let bytes = 0;
  for (let index = 0; index < requests; index += 1) {
    const page = await listPage();
    pages.push(page.took);
    bytes = page.bytes;
  }
  const steady = await steadySweep(2 * interval);
  const paused = await afterPause();
  const broken = await query(`SELECT status, count(*)::int AS n FROM clusters.clusters GROUP BY 1`);
  if (broken.length !== 1 || broken[0].status !== 'connected') throw new Error(JSON.stringify(broken));
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; ${clusters} clusters registered through the gateway, all on one test control plane behind a counting relay.`,
    `Registration, live check and access review included, ${REGISTER_AT_ONCE} at once: median ${round(median(registered), 0)} ms, 95th percentile ${round(percentile(registered, 0.95), 0)} ms.`,
    '',
    `Status sweep, a check a cluster every ${interval} s (${round(clusters / interval, 1)} a second on average). A check is one connection, counted at the relay.`,
    '',
    ...table(
      ['sweep', 'seconds', 'checks', 'fewest a second', 'median', '95th percentile', 'most a second', 'open at once'],
      [steady.row, paused],
    ),
    '',
    `List page, \`GET /api/kubernetes/clusters\` through the gateway, ${round(bytes / 1024, 0)} KiB:`,
    '',
    ...table(
      ['', 'requests', 'median ms', '95th percentile ms', 'worst ms'],
      [
        ['one after the other', pages],
        ['during the sweep', steady.pages],
      ].map(([name, times]) => [
        name,
        times.length,
        round(median(times)),
        round(percentile(times, 0.95)),
        round(Math.max(...times)),
      ]),
    ),
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('clusters', lines);
} finally {
  await service.stop();
  await edge.stop();
  await database.drop();
  relay.close();
}
