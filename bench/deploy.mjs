/** Deploying against `kubectl apply --server-side` and `helm upgrade --install`, with injected round-trip times. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseKubeconfig } from '../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../libs/kubernetes/src/transport/index.ts';
import { median, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { appObjects } from './deploy/app-objects.mjs';
import { AuditCounter } from './deploy/audit-counter.mjs';
import { startRelay } from './deploy/delay-relay.mjs';
import { coldEngine, warmEngine } from './deploy/engine-run.mjs';
import { helmRival, kubectlRival } from './deploy/rivals.mjs';

export const needs = ['cluster'];

const OBJECTS = '5,17,50,200';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    rtt: { type: 'string', default: '0,20,40,100' },
    objects: { type: 'string', default: OBJECTS },
    'ours-only': { type: 'boolean' },
    'no-write': { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
const numbers = (text) => text.split(',').map(Number);

const folder = mkdtempSync(join(tmpdir(), 'bench-deploy-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const kubeconfigText = readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8');
const parsed = parseKubeconfig(kubeconfigText);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const direct = new KubernetesTransport(parsed.connection);
const port = Number(new URL(parsed.connection.server).port);
const audit = new AuditCounter(process.env.USHADOW_TEST_AUDIT_LOG);
const rivals = options['ours-only'] ? [] : [kubectlRival(folder), helmRival(folder)].filter(Boolean);
const loads = [loadavg()[0]];

/** The same credential, through the relay. */
function kubeconfigFor(server, name) {
  const file = join(folder, `kubeconfig-${name}`);
  writeFileSync(file, kubeconfigText.replaceAll(parsed.connection.server, server));
  return file;
}

const namespaceId = (name) => ({ group: '', version: 'v1', kind: 'Namespace', name });
let made = 0;

async function newNamespace() {
  const name = `bench-${process.pid}-${made++}`;
  await direct.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'bench' });
  return name;
}

const STEPS = { 'first deploy': 1, 'update of all': 2, 'nothing changed': 2 };

/** All sides in turn, so that what else the machine does meets all of them. Gives times and requests by step and side. */
async function measure(count, sides, kubeconfig) {
  const found = Object.fromEntries(Object.keys(STEPS).map((step) => [step, {}]));
  for (let turn = 0; turn < rounds; turn++) {
    for (const side of sides) {
      const namespace = await newNamespace();
      for (const [step, version] of Object.entries(STEPS)) {
        const objects = appObjects(namespace, count, version);
        await side.prepare?.();
        audit.start();
        const ms = await side.run({ kubeconfig, namespace, objects });
        const seen = (found[step][side.name] ??= { times: [], requests: 0 });
        seen.times.push(ms);
        seen.requests = audit.count(side.agent);
      }
      await direct.delete(namespaceId(namespace));
    }
  }
  return found;
}

const rows = [];
/** Medians by objects, step, side and round-trip time. */
const medians = new Map();
for (const rttMs of numbers(options.rtt)) {
  const relay = await startRelay(port, rttMs);
  const server = `https://127.0.0.1:${relay.port}`;
  const connection = { ...parsed.connection, server };
  const [warm, cold] = [warmEngine(connection), coldEngine(connection)];
  const sides = [warm, cold, ...rivals];
  const kubeconfig = kubeconfigFor(server, rttMs);
  for (const count of numbers(options.objects)) {
    const found = await measure(count, sides, kubeconfig);
    loads.push(loadavg()[0]);
    for (const [step, bySide] of Object.entries(found)) {
      const ms = Object.fromEntries(Object.entries(bySide).map(([name, { times }]) => [name, median(times)]));
      for (const [name, value] of Object.entries(ms)) medians.set(`${count} ${step} ${name} ${rttMs}`, value);
      const own = sides.map(({ name }) => round(ms[name]));
      const ratios = rivals.map(({ name }) => round(ms[name] / ms.ours, 1));
      const requests = [warm, ...rivals].map(({ name }) => bySide[name].requests);
      const row = [rttMs, count, step, ...own, ...ratios, ...requests];
      rows.push(row);
      console.log(row.join('  '));
    }
  }
  await Promise.all(sides.map((side) => side.stop?.()));
  relay.stop();
}
await direct.close();

/** How many round trips a deploy takes: what it takes longer when each takes longer. */
function roundTrips() {
  const [near, far] = [Math.min(...numbers(options.rtt)), Math.max(...numbers(options.rtt))];
  if (near === far) return [];
  const names = ['ours', 'ours, cold', ...rivals.map(({ name }) => name)];
  const lines = numbers(options.objects).flatMap((count) =>
    Object.keys(STEPS).map((step) => {
      const at = (name, rtt) => medians.get(`${count} ${step} ${name} ${rtt}`);
      return [count, step, ...names.map((name) => round((at(name, far) - at(name, near)) / (far - near), 1))];
    }),
  );
  return [
    '',
    'Round trips: the growth of the time with the round-trip time.',
    '',
    ...table(['objects', 'case', ...names], lines),
  ];
}

const rivalNames = rivals.map(({ name }) => name);
const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(Math.min(...loads), 1)} to ${round(Math.max(...loads), 1)} while measuring, Node ${process.version}; medians of ${rounds} rounds, in turn.`,
  'Ours: every object read and dry-run, the whole accepted, then applied; until the last apply. Warm: over a connection that is there, as in a worker; cold: the connection is made on the way.',
  'kubectl: `apply --server-side`, discovery cache warm. helm: `upgrade --install` of a chart of the same objects. Both with the start of their process; neither checks the whole beforehand.',
  'Requests are all that the API server’s audit log has of each, watches and discovery included. Namespaces exist; Deployments ask for no pods. etcd without fsync.',
  '',
  ...table(
    [
      'round trip ms',
      'objects',
      'case',
      'ours, warm ms',
      'ours, cold ms',
      ...rivalNames.map((name) => `${name} ms`),
      ...rivalNames.map((name) => `${name} / ours`),
      'our requests',
      ...rivalNames.map((name) => `${name} requests`),
    ],
    rows,
  ),
  ...roundTrips(),
];
console.log(`\n${lines.join('\n')}`);
const section = options.objects === OBJECTS ? 'deploy' : `deploy, ${options.objects} objects`;
if (!options['no-write']) writeSection(section, lines);
