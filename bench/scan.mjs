/** A scan of many Services through the running services: time, memory, and requests counted by the audit log. */
import { readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { operations } from '@ushadow/contracts';
import { parseKubeconfig } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { natsFor, startServices, testDatabase } from '@ushadow/testing';
import { median, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { openAsker } from './scan/ask-service.mjs';
import { emptyCluster, fillCluster } from './scan/fill-cluster.mjs';
import { peakMemory } from './scan/process-memory.mjs';

export const needs = ['cluster', 'nats', 'postgres'];

const { values: options } = parseArgs({
  options: {
    services: { type: 'string', default: '2000' },
    namespaces: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '5' },
    'no-write': { type: 'boolean' },
  },
});
const kubeconfig = readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8');
const parsed = parseKubeconfig(kubeconfig);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const transport = new KubernetesTransport(parsed.connection);
const names = await fillCluster(
  transport,
  `bench-${process.pid}`,
  Number(options.namespaces),
  Number(options.services),
);

const database = await testDatabase();
const { url: natsUrl } = await natsFor(import.meta.url);
const only = ['cluster-service', 'scanner-service'];
const env = { 'cluster-service': { STATUS_INTERVAL_SECONDS: '0' }, 'scanner-service': { LOG_LEVEL: 'warn' } };
const system = await startServices({ database, natsUrl, composeDirectory: '/x', only, env });
const asker = await openAsker(natsUrl);
const lists = () => {
  const log = readFileSync(process.env.USHADOW_TEST_AUDIT_LOG, 'utf8');
  return log.split('\n').filter((line) => line.includes('"verb":"list"') && line.includes('"userAgent":"ushadow'))
    .length;
};
try {
  const kubeconfigBase64 = Buffer.from(kubeconfig).toString('base64');
  const { cluster_id } = await asker.ask(operations.registerCluster, { name: 'bench', kubeconfig: kubeconfigBase64 });
  const idle = peakMemory('scanner-service/dist/main.js');
  const times = [];
  let found = 0;
  let requests;
  for (let round = 0; round < Number(options.rounds); round += 1) {
    const before = lists();
    const start = performance.now();
    const { scans } = await asker.ask(operations.scanNamespaces, { cluster_id, namespaces: names });
    times.push(performance.now() - start);
    requests = lists() - before;
    found = scans.flatMap((scan) => Object.values(scan.infra_services).filter((one) => one.found)).length;
  }
  const peak = peakMemory('scanner-service/dist/main.js');
  const lines = [
    `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; ${times.length} rounds.`,
    'One request over NATS: sealed connection, paged lists of the whole cluster, recognition, one row kept per namespace.',
    '',
    ...table(
      ['Services', 'namespaces', 'median ms', 'worst ms', 'list requests', 'results found', 'idle MiB', 'peak MiB'],
      [
        [
          options.services,
          options.namespaces,
          round(median(times), 0),
          round(Math.max(...times), 0),
          requests,
          found,
          round(idle ?? 0, 0),
          round(peak ?? 0, 0),
        ],
      ],
    ),
  ];
  console.log(lines.join('\n'));
  if (!options['no-write']) writeSection('scan', lines);
} finally {
  await asker.close();
  await system.stop();
  await database.drop();
  await emptyCluster(transport, names);
  await transport.close();
}
