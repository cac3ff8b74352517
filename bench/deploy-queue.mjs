/** 1,000 queued deploys through the whole product: how fast one worker empties the queue, and what it takes. */
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { processUse } from './deploy/process-use.mjs';
import { inParallel, startSystem } from './deploy/started-system.mjs';

export const needs = ['cluster', 'postgres', 'nats'];

const { values: options } = parseArgs({
  options: {
    deploys: { type: 'string', default: '1000' },
    concurrency: { type: 'string', default: '48' },
    objects: { type: 'string', default: '17' },
    'no-write': { type: 'boolean' },
  },
});
const total = Number(options.deploys);
/** One service a stack: those of one would wait for each other. */
const PER_NAMESPACE = 20;
/** Of one deploy: ConfigMap, Secret, Service and Deployment, the rest ConfigMaps that are mounted. */
const objects = Number(options.objects);
const configs = Array.from({ length: objects - 4 }, (_, n) => `file-${n}`);

/** Services that ask for no pods: what is measured is deploying, not the simulated cluster. */
function writeProjects(folder) {
  for (let n = 0; n < total; n++) {
    // Of this project alone: several share a namespace.
    const own = configs.map((name) => `${name}-of-${n}`);
    const service = [
      `  app-${n}:`,
      '    image: registry.example/app:1',
      "    ports: ['8080']",
      '    environment:',
      '      LOG_LEVEL: info',
      `      DB_PASSWORD: secret-of-${n}`,
      '    deploy:',
      '      replicas: 0',
      ...(own.length === 0 ? [] : [`    configs: [${own.join(', ')}]`]),
    ].join('\n');
    const contents =
      own.length === 0 ? '' : `configs:\n${own.map((name) => `  ${name}: { content: of ${name} }\n`).join('')}`;
    writeFileSync(join(folder, `project-${n}.yaml`), `services:\n${service}\n${contents}`);
  }
}

const worker = { WORKER_CONCURRENCY: '0', CLUSTER_CONCURRENCY: options.concurrency, LOG_LEVEL: 'warn' };
const { system, client, clusterId, database, stop } = await startSystem({ 'deployer-service': worker }, writeProjects);
const db = new pg.Client({ connectionString: database.adminUrl });
await db.connect();
const counts = async () => {
  const { rows } = await db.query('SELECT status, count(*)::int AS count FROM deployments.deployments GROUP BY status');
  return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
};

console.log(`queueing ${total} deploys`);
const queuedAt = performance.now();
const all = Array.from({ length: total }, (_, n) => n);
await inParallel(all, 8, async (n) => {
  await client.startDeployment({
    cluster_id: clusterId,
    service_id: `project-${n}:app-${n}`,
    namespace: `queue-${Math.floor(n / PER_NAMESPACE)}`,
    deadline_seconds: 600,
  });
});
const queueSeconds = (performance.now() - queuedAt) / 1000;

worker.WORKER_CONCURRENCY = options.concurrency;
const load = loadavg()[0];
const startedAt = performance.now();
const { process: own } = await system.add('deployer-service');
let use = processUse(own.pid);
for (;;) {
  await delay(250);
  const seen = processUse(own.pid);
  use = { peakMiB: Math.max(use.peakMiB, seen.peakMiB), cpuSeconds: Math.max(use.cpuSeconds, seen.cpuSeconds) };
  const { pending = 0, queued = 0, deploying = 0 } = await counts();
  if (pending + queued + deploying === 0) break;
}
const seconds = (performance.now() - startedAt) / 1000;
const ended = await counts();
const loadAfter = loadavg()[0];
await db.end();
await stop();

const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(load, 1)} before and ${round(loadAfter, 1)} after, Node ${process.version}. Postgres, NATS, the API server, its controllers and all services share the machine.`,
  `${total} deploys, each of another stack, of ${objects} objects each (ConfigMaps, Secret, Service, Deployment without pods; ${Math.ceil(total / PER_NAMESPACE)} new namespaces) queued through the gateway in ${round(queueSeconds)} s, then one worker process is started; ${options.concurrency} deploys at once. From the start of its process to the last verdict. Each deploy is planned, dry-run, applied, watched, and stays ready for a second.`,
  '',
  ...table(
    ['verdicts', 'seconds', 'deploys/s', 'objects/s', 'worker’s peak memory MiB', 'worker’s processor s'],
    [
      [
        Object.entries(ended)
          .map(([status, count]) => `${count} ${status}`)
          .join(', '),
        round(seconds),
        round(total / seconds),
        round((total * objects) / seconds),
        round(use.peakMiB),
        round(use.cpuSeconds),
      ],
    ],
  ),
];
console.log(`\n${lines.join('\n')}`);
if (!options['no-write']) writeSection(`deploy-queue, ${objects} objects each`, lines);
