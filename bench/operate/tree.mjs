import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { LiveTree, slim, TREE_KINDS } from '@ushadow/live-tree';
import { parseKubeconfig } from '../../libs/kubernetes/src/index.ts';
import { KubernetesTransport } from '../../libs/kubernetes/src/transport/index.ts';
import { median, round } from '../compile/measure.mjs';
import { AuditCounter } from '../deploy/audit-counter.mjs';
import { startSystem } from '../deploy/started-system.mjs';
import { openViewer } from './tree-viewer.mjs';

const pods = 500;
const viewers = 100;

const compose = `services:\n  wide:\n    image: registry.example/app:1\n    deploy: { replicas: ${pods} }\n`;
/** A tree of 500 pods, and what many viewers of it cost the API server. */
export async function tree() {
  const { system, client, clusterId, stop } = await startSystem({}, (folder) => {
    writeFileSync(join(folder, 'wide.yaml'), compose);
  });
  const parsed = parseKubeconfig(readFileSync(process.env.USHADOW_TEST_KUBECONFIG, 'utf8'));
  const cluster = new KubernetesTransport(parsed.connection);
  const namespace = `bench-${process.pid}`;
  try {
    await cluster.apply(
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { fieldManager: 'bench' },
    );
    const { deployment_id: id, stack_id: stackId } = await client.deployStack({
      ...{ cluster_id: clusterId, project: 'wide', namespace, deadline_seconds: 1800 },
    });
    for (;;) {
      const { status } = await client.getDeployment({ deployment_id: id });
      if (status === 'succeeded') break;
      if (['failed', 'cancelled', 'unknown'].includes(status)) throw new Error(`the stack ended ${status}`);
      await delay(1_000);
    }

    const opening = async () => {
      const viewer = await openViewer(system.gatewayUrl, stackId);
      viewer.close();
      return viewer;
    };
    const cold = await opening();
    const warm = [];
    for (let turn = 0; turn < 10; turn++) warm.push((await opening()).shownAfterMs);

    // Until nothing of those before is open any more.
    await delay(10_000);
    const audit = new AuditCounter(process.env.USHADOW_TEST_AUDIT_LOG);
    audit.start();
    const all = await Promise.all(Array.from({ length: viewers }, () => openViewer(system.gatewayUrl, stackId)));
    const requests = audit.count('ushadow-operations');
    const watches = audit.watches('ushadow-operations');
    for (const viewer of all) viewer.close();
    await delay(10_000);
    audit.start();
    await delay(10_000);
    const idle = audit.count('ushadow-operations');

    const objects = await listAll(cluster, namespace);
    const stack = await client.getStack({ stack_id: stackId });
    const services = stack.services.map(({ service, objects: ids }) => ({
      ...{ service, objects: ids, expected: ids, isOneShot: false },
    }));
    const scratch = Array.from({ length: 50 }, () => fromScratch(objects, { stackId, namespace, services }).ms);
    const { tree } = fromScratch(objects, { stackId, namespace, services });
    const changing = objects.filter(({ kind }) => kind === 'Pod').map((pod) => changeTo(tree, pod));

    const rows = [
      [`tree of ${pods} pods from scratch, median of 50 (ms)`, round(median(scratch))],
      ['one change of a pod in it, median (ms)', round(median(changing), 3)],
      [`opened by the first viewer, wanted < 200: ${cold.nodes} nodes (ms)`, round(cold.shownAfterMs, 0)],
      ['opened by the next, wanted < 200, median of 10 (ms)', round(median(warm), 0)],
      [
        `${viewers} viewers at once, the slowest (ms)`,
        round(Math.max(...all.map(({ shownAfterMs }) => shownAfterMs)), 0),
      ],
      [`requests to the API server for all ${viewers}`, requests],
      [`watches of one kind for all ${viewers}, at most, of ${watches.size} kinds`, Math.max(...watches.values())],
      ['requests in 10 s once they have left', idle],
    ];
    const about = `a list and a watch for each of ${TREE_KINDS.length + 1} kinds`;
    return { about, head: ['what', 'result'], rows };
  } finally {
    await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace }).catch(() => undefined);
    await cluster.close();
    await stop();
  }
}

async function listAll(cluster, namespace) {
  const lists = await Promise.all(
    TREE_KINDS.map(async ({ group, version, kind }) => {
      const apiVersion = group === '' ? version : `${group}/${version}`;
      const { items } = await cluster.list({ group, version, kind, namespace }).catch(() => ({ items: [] }));
      return items.map((item) => slim({ ...item, apiVersion, kind }));
    }),
  );
  return lists.flat();
}

function fromScratch(objects, outline) {
  const startedAt = performance.now();
  const tree = new LiveTree(outline);
  for (const object of objects) tree.put(object);
  tree.settle();
  return { tree, ms: performance.now() - startedAt };
}

function changeTo(tree, pod) {
  const startedAt = performance.now();
  tree.apply({ type: 'put', object: { ...pod, status: { ...pod.status, phase: 'Pending', conditions: [] } } });
  return performance.now() - startedAt;
}
