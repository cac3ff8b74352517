/** The HTTP edge: many users that read at once, and event streams of which some are never read. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { connect as connectBus } from '@nats-io/transport-node';
import { events } from '@ushadow/contracts';
import { natsFor, repositoryRoot, startServices, testDatabase } from '@ushadow/testing';
import { startService, SERVICES } from '@ushadow/testing/services';
import { median, percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { openReaders } from './edge/readers.mjs';

export const needs = ['cluster', 'nats', 'postgres'];

const { values: options } = parseArgs({
  options: {
    users: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '10' },
    rounds: { type: 'string', default: '3' },
    streams: { type: 'string', default: '500' },
    stalled: { type: 'string', default: '50' },
    /** A tree with another build, whose gateway is measured in turn with this one's. */
    before: { type: 'string' },
    'no-write': { type: 'boolean' },
  },
});
const [users, seconds, rounds, streams, stalled] = ['users', 'seconds', 'rounds', 'streams', 'stalled'].map((name) =>
  Number(options[name]),
);
const unlimited = String(1e9);
const edgeEnv = {
  LOG_LEVEL: 'warn',
  REQUESTS_PER_MINUTE_MAX: unlimited,
  STREAMS_PER_CLIENT_MAX: unlimited,
  STREAMS_MAX: unlimited,
};

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0', LOG_LEVEL: 'warn' }, gateway: edgeEnv };
const composeDirectory = join(repositoryRoot(), 'examples');
const system = await startServices({ database, natsUrl, composeDirectory, env });
const description = SERVICES.find(({ name }) => name === 'gateway');

async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${system.gatewayUrl}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const kubeconfig = readFileSync(process.env.USHADOW_TEST_KUBECONFIG).toString('base64');
const { cluster_id: cluster } = await post('/api/kubernetes/clusters', { name: 'bench', kubeconfig });
const paths = [
  '/api/kubernetes/clusters',
  `/api/kubernetes/clusters/${cluster}`,
  '/api/stacks',
  '/api/deployments',
  '/api/kubernetes/services/uploads',
  '/api/nothing',
];

/** So many users, each with one request at a time, for a time. */
async function readAll(origin) {
  const times = [];
  let errors = 0;
  const until = performance.now() + seconds * 1000;
  const user = async (index) => {
    for (let turn = index; performance.now() < until; turn += 1) {
      const path = paths[turn % paths.length];
      const begin = performance.now();
      const answer = await fetch(`${origin}${path}`).catch(() => undefined);
      await answer?.arrayBuffer();
      times.push(performance.now() - begin);
      if (answer?.status !== (path === '/api/nothing' ? 404 : 200)) errors += 1;
    }
  };
  await Promise.all(Array.from({ length: users }, (_, index) => user(index)));
  return { times, errors };
}

const memoryOf = (pid) => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function gatewayOf(root) {
  const settings = { ...system.settings, gatewayPort: system.settings.gatewayPort + 1 };
  const started = await startService({ root, service: description, settings, env: edgeEnv });
  await started.ready();
  return { started, origin: `http://127.0.0.1:${settings.gatewayPort}` };
}

/** All readers hear the same events; the gateway's memory before, while and after. */
async function streamAll() {
  const { started, origin } = await gatewayOf(repositoryRoot());
  const { host, username: user, password: pass } = new URL(natsUrl);
  const bus = await connectBus({ servers: host, user, pass });
  // Its guard is what was started; the program is the guard's only child.
  const { pid: guard } = started.process;
  const pid = Number(readFileSync(`/proc/${guard}/task/${guard}/children`, 'utf8').trim().split(' ')[0]);
  const rows = [];
  const note = (when, readers) =>
    rows.push([when, round(memoryOf(pid), 0), readers?.heard() ?? 0, readers?.cut() ?? 0]);
  try {
    note('no stream');
    const readers = await openReaders(`${origin}/api/kubernetes/${cluster}/scan-infra/stream`, streams, stalled);
    note('all open', readers);
    const data = JSON.stringify({ cluster_id: cluster, namespace: 'n'.repeat(60), found: ['x'.repeat(2_000)] });
    let sent = 0;
    const sending = setInterval(() => {
      for (let index = 0; index < 10; index += 1) bus.publish(events.scanCompleted.subject, data);
      sent += 10;
    }, 300);
    for (const at of [15, 30, 45, 60]) {
      await delay(15_000);
      note(`${at} s of events`, readers);
    }
    clearInterval(sending);
    await delay(1_000);
    note('after', readers);
    const wanted = (streams - stalled) * sent;
    if (readers.heard() !== wanted) throw new Error(`${readers.heard()} events were heard of ${wanted}`);
    readers.close();
    return rows;
  } finally {
    await bus.close();
    await started.process.stop();
  }
}

try {
  const sides = [['after', repositoryRoot()]];
  if (options.before !== undefined) sides.unshift(['before', resolve(options.before)]);
  const measured = new Map(sides.map(([name]) => [name, { times: [], errors: 0, p95: [] }]));
  for (let turn = 0; turn <= rounds; turn += 1) {
    for (const [name, root] of sides) {
      const { started, origin } = await gatewayOf(root);
      const { times, errors } = await readAll(origin).finally(() => started.process.stop());
      // The first turn warms the services behind.
      if (turn === 0) continue;
      const all = measured.get(name);
      all.times.push(...times);
      all.errors += errors;
      all.p95.push(percentile(times, 0.95));
    }
  }
  const reads = [...measured].map(([name, { times, errors, p95 }]) => [
    name,
    times.length,
    round(times.length / (rounds * seconds), 0),
    errors,
    round(median(times)),
    round(median(p95)),
  ]);
  const rows = streams === 0 ? [] : await streamAll();
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; clients on the same machine.`,
    '',
    `${users} users, each with one request at a time, over ${paths.length} reads; ${rounds} rounds of ${seconds} s, in turn.`,
    '',
    ...table(['gateway', 'requests', 'a second', 'errors', 'median ms', '95th percentile ms'], reads),
    '',
    `${streams} event streams of one cluster, ${stalled} of which are never read; 33 events of 2 KiB a second to each.`,
    '',
    ...table(['', 'gateway RSS MiB', 'events heard', 'readers cut'], rows),
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('edge', lines);
} finally {
  await system.stop();
  await database.drop();
}
