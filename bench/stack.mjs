/** A whole stack until it is ready, against `kubectl apply` + `wait` and `helm upgrade --install --wait` of the same objects. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compileFile } from '../libs/compiler/test/harness/compile-file.ts';
import { parseKubeconfig } from '../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../libs/kubernetes/src/transport/index.ts';
import { median, round } from './compile/measure.mjs';
import { table, writeSection } from './compile/results-section.mjs';
import { AuditCounter } from './deploy/audit-counter.mjs';
import { startRelay } from './deploy/delay-relay.mjs';
import { RolloutWitness } from './stack/rollout-witness.mjs';
import { engineSide, helmSide, kubectlSide } from './stack/sides.mjs';
import { splitTime } from './stack/split-time.mjs';
import { stackFile } from './stack/stack-file.mjs';

export const needs = ['cluster'];

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    rtt: { type: 'string', default: '0,40' },
    services: { type: 'string', default: '12,50' },
    // So far away that what the machine computes no longer counts; only ours is asked there.
    far: { type: 'string', default: '1000' },
    'ours-only': { type: 'boolean' },
    'no-write': { type: 'boolean' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const rounds = Number(options.rounds);
const [rtts, counts] = [numbers(options.rtt), numbers(options.services)];
const [near, distant] = [Math.min(...rtts), Math.max(...rtts)];
const far = Number(options.far);

const folder = mkdtempSync(join(tmpdir(), 'bench-stack-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const kubeconfigText = readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8');
const parsed = parseKubeconfig(kubeconfigText);
if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
const direct = new KubernetesTransport(parsed.connection);
const port = Number(new URL(parsed.connection.server).port);
const audit = new AuditCounter(process.env.USHADOW_TEST_AUDIT_LOG);
const rivals = options['ours-only'] ? [] : [kubectlSide(folder), helmSide(folder)].filter(Boolean);
const loads = [loadavg()[0]];

const STEPS = { 'first deploy': 1, 'update of one service': 2, 'nothing changed': 2 };
let made = 0;

async function newNamespace() {
  const name = `bench-${process.pid}-${made++}`;
  await direct.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }, { fieldManager: 'bench' });
  return name;
}

function compiled(namespace, services, version) {
  const file = join(folder, 'compose.yaml');
  writeFileSync(file, stackFile(services, version));
  const { result, diagnostics } = compileFile([file], { environment: {}, target: { namespace } });
  if (!result?.ok) throw new Error(JSON.stringify(diagnostics.slice(0, 3)));
  return { ...result, objects: result.objects.filter(({ kind }) => kind !== 'Namespace') };
}

/** All sides in turn, so that what else the machine does meets all of them. Gives splits and requests by step and side. */
async function measure(services, sides, kubeconfig) {
  const found = Object.fromEntries(Object.keys(STEPS).map((step) => [step, {}]));
  let objects = 0;
  for (let turn = 0; turn < rounds; turn++) {
    for (const side of sides) {
      const namespace = await newNamespace();
      const witness = await RolloutWitness.start(direct, namespace);
      for (const [step, version] of Object.entries(STEPS)) {
        const wanted = compiled(namespace, services, version);
        objects = wanted.objects.length;
        await side.prepare?.();
        witness.forget();
        audit.start();
        const startedAt = Date.now();
        await side.run({ kubeconfig, namespace, compiled: wanted });
        const endedAt = Date.now();
        const seen = (found[step][side.name] ??= { splits: [], requests: 0 });
        const [writes, ready] = [audit.writes(side.agent, side.isOwnBook), witness.times()];
        seen.splits.push(splitTime({ startedAt, endedAt, writes, ready, knowsOrder: side.knowsOrder }));
        seen.requests = audit.count(side.agent);
      }
      witness.stop();
      await direct.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
    }
  }
  return { found, objects };
}

const PARTS = {
  total: ({ total }) => total,
  own: ({ total, rollout }) => total - rollout,
  before: ({ before }) => before,
  turns: ({ turns }) => turns,
  after: ({ after }) => after,
};
const rows = [];
/** Medians by services, step, side, round-trip time and part. */
const medians = new Map();
for (const rttMs of [...rtts, far]) {
  const relay = await startRelay(port, rttMs);
  const server = `https://127.0.0.1:${relay.port}`;
  const kubeconfig = join(folder, `kubeconfig-${rttMs}`);
  writeFileSync(kubeconfig, kubeconfigText.replaceAll(parsed.connection.server, server));
  const own = engineSide({ ...parsed.connection, server });
  const sides = rttMs === far ? [own] : [own, ...rivals];
  for (const count of counts) {
    const { found, objects } = await measure(count, sides, kubeconfig);
    loads.push(loadavg()[0]);
    for (const [step, bySide] of Object.entries(found)) {
      for (const [name, { splits }] of Object.entries(bySide))
        for (const [part, of] of Object.entries(PARTS))
          medians.set(`${count} ${step} ${name} ${rttMs} ${part}`, median(splits.map(of)));
      if (rttMs === far) continue;
      const at = (name, part) => medians.get(`${count} ${step} ${name} ${rttMs} ${part}`);
      const least = Math.min(...rivals.map(({ name }) => at(name, 'own')));
      const row = [
        ...[rttMs, count, objects, step, ...sides.map(({ name }) => round(at(name, 'total'), 0))],
        ...sides.map(({ name }) => round(at(name, 'own'), 0)),
        rivals.length === 0 ? '' : round(at('ours', 'own') / least, 2),
        ...sides.map(({ name }) => bySide[name].requests),
      ];
      rows.push(row);
      console.log(row.join('  '));
    }
  }
  await own.stop();
  relay.stop();
}
await direct.close();

const names = ['ours', ...rivals.map(({ name }) => name)];

/** How many round trips follow one another: what it takes longer when each takes longer. */
function roundTrips() {
  const lines = counts.flatMap((count) =>
    Object.keys(STEPS).map((step) => {
      const at = (name, rtt, part) => medians.get(`${count} ${step} ${name} ${rtt} ${part}`);
      const grown = (name, part, to) => round((at(name, to, part) - at(name, near, part)) / (to - near), 1);
      const parts = ['before', 'turns', 'after', 'own'];
      return [
        ...[count, step, ...parts.map((part) => grown('ours', part, far))],
        ...rivals.map(({ name }) => (distant === near ? '' : grown(name, 'own', distant))),
      ];
    }),
  );
  const head = ['services', 'case', 'until the first write', 'from ready to the next wave', 'from ready to the end'];
  return [
    '',
    `Dependent round trips: the growth with the round-trip time; of ours by part, from ${near} to ${far} ms, of the others to ${distant} ms.`,
    '',
    ...table([...head, ...names], lines),
  ];
}

const lines = [
  `Machine: ${cpus().length} × ${cpus()[0]?.model.trim()}, load ${round(Math.min(...loads), 1)} to ${round(Math.max(...loads), 1)} while measuring, Node ${process.version}; medians of ${rounds} rounds, in turn.`,
  'The objects of one Compose file with a database, a one-shot migration and apps, until all is ready on simulated nodes. Ours: each object read and dry-run, the whole accepted, owners checked, then applied in the order of `depends_on`, over a connection that is there.',
  'The rollout is the time from a write to the readiness it brings, seen by a witness: after the last write, and for ours between waves.',
  'kubectl: `apply --server-side`, discovery cache warm, then `wait` for StatefulSets, Jobs and Deployments. helm: `upgrade --install --wait --wait-for-jobs`. Both with the start of their processes; neither knows an order, or the owner of what is there.',
  '',
  ...table(
    [
      ...['round trip ms', 'services', 'objects', 'case'],
      ...names.map((name) => `${name} ms`),
      ...names.map((name) => `${name} without the rollout ms`),
      'ours / the faster of the others',
      ...names.map((name) => `${name} requests`),
    ],
    rows,
  ),
  ...roundTrips(),
];
console.log(`\n${lines.join('\n')}`);
if (!options['no-write']) writeSection('stack', lines);
