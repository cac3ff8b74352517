/** How long a change of status takes from the API server to a client of the gateway's event stream. */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { testCluster } from '@ushadow/testing';
import { parseKubeconfig } from '../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../libs/kubernetes/src/transport/index.ts';
import { median, percentile, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { startSystem } from './deploy/started-system.mjs';

export const needs = ['cluster', 'postgres', 'nats'];

const { values: options } = parseArgs({
  options: { changes: { type: 'string', default: '60' }, 'no-write': { type: 'boolean' } },
});
const namespace = `latency-${process.pid}`;
const writeProject = (folder) =>
  writeFileSync(join(folder, 'slow.yaml'), 'services:\n  app:\n    image: untouched.invalid/app:1\n');

const { system, client, clusterId, stop } = await startSystem({}, writeProject);
const parsed = parseKubeconfig(readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8'));
const transport = new KubernetesTransport(parsed.connection);
const { api } = await testCluster();

/** Times at which something with this mark was seen: by a watch of our own, and by the client of the gateway. */
const seen = { watch: new Map(), stream: new Map() };
const waiting = new Map();
const note = (where, mark) => {
  if (!seen[where].has(mark)) seen[where].set(mark, performance.now());
  if (seen.watch.has(mark) && seen.stream.has(mark)) waiting.get(mark)?.();
};
const marksIn = (text) => text.match(/mark-\d+-end/g) ?? [];

const { deployment_id: id } = await client.startDeployment({
  cluster_id: clusterId,
  service_id: 'slow:app',
  namespace,
});
const stream = await fetch(`${system.gatewayUrl}/api/deployments/${id}/events/stream`);
// It ends with the gateway.
void (async () => {
  for await (const chunk of stream.body.pipeThrough(new TextDecoderStream()))
    for (const mark of marksIn(chunk)) note('stream', mark);
})().catch(() => undefined);
let podName;
const watch = transport.watch({ group: '', version: 'v1', kind: 'Pod', namespace });
const found = new Promise((resolve) => {
  void (async () => {
    for await (const event of watch) {
      if (!('object' in event)) continue;
      if (event.object.spec?.nodeName !== undefined && event.type !== 'deleted') resolve(event.object.metadata.name);
      for (const mark of marksIn(JSON.stringify(event.object.status ?? {}))) note('watch', mark);
    }
  })();
});
podName = await found;

/** A container that cannot start for a reason that was never seen before: each one is a cause of its own. */
async function change(n) {
  const mark = `mark-${n}-end`;
  const both = new Promise((resolve) => waiting.set(mark, resolve));
  const container = { name: 'app', image: 'i', imageID: '', ready: false, restartCount: 0 };
  // Codes in turn, so that each change is told.
  const reason = n % 2 === 0 ? 'ErrImagePull' : 'CreateContainerConfigError';
  const status = {
    phase: 'Pending',
    containerStatuses: [{ ...container, state: { waiting: { reason, message: mark } } }],
  };
  const path = `/api/v1/namespaces/${namespace}/pods/${podName}/status`;
  const sentAt = performance.now();
  await api.apply(path, { apiVersion: 'v1', kind: 'Pod', metadata: { name: podName, namespace }, status }, 'kubelet');
  await both;
  return { fromWrite: seen.stream.get(mark) - sentAt, fromWatch: seen.stream.get(mark) - seen.watch.get(mark) };
}

const loads = [loadavg()[0]];
const times = [];
for (let n = 0; n < Number(options.changes); n++) times.push(await change(n));
loads.push(loadavg()[0]);
watch.close();
await transport.close();
await stop();

const row = (name, values) => [
  name,
  round(median(values)),
  round(percentile(values, 0.95)),
  round(Math.max(...values)),
];
const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(Math.min(...loads), 1)} to ${round(Math.max(...loads), 1)}, Node ${process.version}.`,
  `${times.length} changes of a pod’s status; each becomes a cause, a row in Postgres, a message, and an event at a client of the gateway.`,
  '',
  ...table(
    ['until the client of the gateway has it', 'median ms', '95th percentile ms', 'most ms'],
    [
      row(
        'after the API server has sent it to a watch',
        times.map(({ fromWatch }) => fromWatch),
      ),
      row(
        'after the node’s agent began to write it',
        times.map(({ fromWrite }) => fromWrite),
      ),
    ],
  ),
];
console.log(`\n${lines.join('\n')}`);
if (!options['no-write']) writeSection('deploy-latency', lines);
process.exit(0);
