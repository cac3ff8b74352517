/** A drift check of 1,000 objects: how long it takes, and what it asks of the API server. */
import { readFileSync } from 'node:fs';
import { findDrift } from '../../libs/deploy-engine/src/index.ts';
import { owned, parseKubeconfig } from '../../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../../libs/kubernetes/src/transport/index.ts';
import { median, round } from '../compile/measure.mjs';

const OBJECTS = 1_000;
const ROUNDS = 5;

export async function drift() {
  const parsed = parseKubeconfig(readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8'));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const cluster = new KubernetesTransport(parsed.connection);
  const namespace = `bench-drift-${process.pid}`;
  const owner = { installation: 'bench', stack: 'bench', project: 'bench', namespace };
  const labels = { 'app.kubernetes.io/managed-by': 'ushadow', 'app.kubernetes.io/part-of': 'bench' };
  const objects = Array.from({ length: OBJECTS }, (_, index) => objectOf(index, { namespace, labels }));
  const id = { group: '', version: 'v1', kind: 'Namespace', name: namespace };
  await cluster.apply(
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
    { fieldManager: 'bench' },
  );
  try {
    await Promise.all(objects.map((object) => cluster.apply(owned(object, owner), { fieldManager: 'ushadow' })));
    const rows = [await timed('as deployed', { cluster, objects, owner, namespace })];
    const theirs = objects.slice(0, 10).map((object) => changed(object));
    await Promise.all(theirs.map((object) => cluster.apply(object, { fieldManager: 'kubectl-edit', force: true })));
    rows.push(await timed('10 changed by another client', { cluster, objects, owner, namespace }));
    return {
      about: `${OBJECTS} objects of four kinds in one namespace, compared with what was deployed; ${ROUNDS} rounds each, after one that is not counted. Wanted: less than 2,000 ms, one list a kind.`,
      head: ['state', 'median ms', 'worst ms', 'lists', 'gets', 'dry runs', 'drifted'],
      rows,
    };
  } finally {
    await cluster.delete(id);
    await cluster.close();
  }
}

async function timed(name, { cluster, objects, owner, namespace }) {
  const look = () => findDrift(objects, cluster, { owner });
  await look();
  const asked = countOf(namespace);
  const before = asked();
  const taken = [];
  let found;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    found = await look();
    taken.push(performance.now() - start);
  }
  const after = asked();
  const perRound = (verb) =>
    after === undefined ? '?' : round(((after[verb] ?? 0) - (before[verb] ?? 0)) / ROUNDS, 1);
  return [
    name,
    round(median(taken)),
    round(Math.max(...taken)),
    ...['list', 'get', 'patch'].map(perRound),
    found.drifted.length,
  ];
}

/** Requests to a namespace so far, by verb, by the API server's own log. */
function countOf(namespace) {
  const file = process.env.USHADOW_TEST_AUDIT_LOG;
  return () => {
    if (!file) return undefined;
    const counts = {};
    for (const line of readFileSync(file, 'utf8').split('\n')) {
      if (!line.includes(namespace) || !line.includes('"ResponseComplete"')) continue;
      const { verb } = JSON.parse(line);
      counts[verb] = (counts[verb] ?? 0) + 1;
    }
    return counts;
  };
}

function objectOf(index, metadata) {
  const name = `o${index}`;
  const meta = { ...metadata, name };
  const selector = { app: name };
  switch (index % 4) {
    case 0:
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata: meta, data: { a: '1', b: 'x'.repeat(500) } };
    case 1:
      return { apiVersion: 'v1', kind: 'Secret', metadata: meta, type: 'Opaque', data: { a: 'c2VjcmV0LXZhbHVl' } };
    case 2:
      return {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: meta,
        spec: { selector, ports: [{ name: 'http', port: 80 }] },
      };
    default: {
      const containers = [{ name: 'app', image: 'app:1', env: [{ name: 'A', value: '1' }] }];
      const template = { metadata: { labels: selector }, spec: { containers } };
      const spec = { replicas: 0, selector: { matchLabels: selector }, template };
      return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: meta, spec };
    }
  }
}

function changed({ apiVersion, kind, metadata: { name, namespace } }) {
  const named = { apiVersion, kind, metadata: { name, namespace } };
  if (kind === 'ConfigMap') return { ...named, data: { a: 'theirs' } };
  if (kind === 'Secret') return { ...named, data: { a: 'dGhlaXJz' } };
  if (kind === 'Service') return { ...named, spec: { selector: { app: 'theirs' } } };
  return { ...named, spec: { replicas: 2 } };
}
