/** The deploy engine against kubectl apply --server-side: the same objects on the same API server, at several round trips. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { canonicalYamlStream, parseKubeconfig } from '../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../libs/kubernetes/src/transport/index.ts';
import { median, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { appObjects } from './deploy/app-objects.mjs';
import { startRelay } from './deploy/delay-relay.mjs';
import { engineRun } from './deploy/engine-run.mjs';
import { kubectlRun } from './deploy/kubectl-run.mjs';

export const needs = ['cluster'];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    rtt: { type: 'string', default: '0,20,100' },
    objects: { type: 'string', default: '5,17,50' },
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

/** The same credential, through the relay. */
function kubeconfigFor(server, name) {
  const file = join(folder, `kubeconfig-${name}`);
  writeFileSync(file, kubeconfigText.replaceAll(parsed.connection.server, server));
  return file;
}

async function newNamespace(prefix) {
  const name = `bench-${prefix}-${process.pid}-${Math.random().toString(36).slice(2, 7)}`;
  await direct.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'bench' });
  return name;
}

function auditCount(namespace) {
  const file = process.env.USHADOW_TEST_AUDIT_LOG;
  if (file === undefined) return undefined;
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.includes(namespace) && line.includes('"ResponseComplete"') && !line.includes('kube-system'))
    .filter((line) => line.includes(`/namespaces/${namespace}`) && /"username":"(admin|kubernetes-admin)"/.test(line))
    .length;
}

/** Both sides in turn, so that what else the machine does meets both. */
async function measure(count, rttMs, connection, kubeconfig) {
  const times = { create: {}, update: {}, same: {} };
  for (const kind of Object.values(times)) Object.assign(kind, { engine: [], kubectl: [] });
  const requests = {};
  for (let turn = 0; turn < rounds; turn++) {
    const [ours, theirs] = [await newNamespace('e'), await newNamespace('k')];
    for (const [step, version] of [
      ['create', 1],
      ['update', 2],
      ['same', 2],
    ]) {
      const before = [auditCount(ours), auditCount(theirs)];
      times[step].engine.push((await engineRun(connection, appObjects(ours, count, version))).appliedMs);
      const file = join(folder, `${theirs}.yaml`);
      writeFileSync(file, canonicalYamlStream(appObjects(theirs, count, version)));
      times[step].kubectl.push(await kubectlRun(['--kubeconfig', kubeconfig, 'apply', '--server-side', '-f', file]));
      if (before[0] !== undefined) requests[step] = [auditCount(ours) - before[0], auditCount(theirs) - before[1]];
    }
    for (const name of [ours, theirs]) await direct.delete({ group: '', version: 'v1', kind: 'Namespace', name });
  }
  return { count, rttMs, times, requests };
}

const STEPS = { create: 'first deploy', update: 'update of all', same: 'nothing changed' };
const rows = [];
for (const rttMs of numbers(options.rtt)) {
  const relay = await startRelay(port, rttMs);
  const server = `https://127.0.0.1:${relay.port}`;
  const connection = { ...parsed.connection, server };
  const kubeconfig = kubeconfigFor(server, rttMs);
  for (const count of numbers(options.objects)) {
    const { times, requests } = await measure(count, rttMs, connection, kubeconfig);
    for (const [step, { engine, kubectl }] of Object.entries(times)) {
      const [ours, theirs] = [median(engine), median(kubectl)];
      const counted = requests[step] ?? ['', ''];
      const row = [rttMs, count, STEPS[step], round(ours), round(theirs), round(ours / theirs, 2), ...counted];
      rows.push(row);
      console.log(row.join('  '));
    }
  }
  relay.stop();
}
await direct.close();

const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(loadavg()[0], 1)}, Node ${process.version}; medians of ${rounds} rounds, alternating.`,
  'Ours: a new connection, every object read and dry-run, the whole accepted, then applied in waves; until the last apply.',
  'kubectl: `apply --server-side`, process start and warm discovery cache included; it checks nothing beforehand.',
  'Requests are those in the namespace; kubectl’s own discovery is not counted. Namespaces exist; Deployments ask for no pods. etcd as the test cluster runs it (without fsync).',
  '',
  ...table(
    ['round trip ms', 'objects', 'case', 'ours ms', 'kubectl ms', 'ratio', 'our requests', 'kubectl requests'],
    rows,
  ),
];
console.log(`\n${lines.join('\n')}`);
if (!options['no-write']) writeSection('deploy', lines);
