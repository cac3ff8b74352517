import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { deploy } from '../../libs/deploy-engine/src/index.ts';
import { canonicalYamlStream, objectId } from '../../libs/kubernetes/src/index.ts';
import { KubernetesTransport, systemClock } from '../../libs/kubernetes/src/transport/index.ts';
import { findRival, timedRun } from '../deploy/run-program.mjs';

const WAIT = '300s';
const CONDITIONS = { started: 'started', ready: 'ready', completed: 'complete' };

/** As a worker does it: order, owner, inventory, what has run. Until everything is ready; milliseconds. */
export function engineSide(connection) {
  const transport = new KubernetesTransport(connection);
  const known = new Map();
  let epoch = 0n;
  return {
    name: 'ours',
    agent: 'ushadow',
    knowsOrder: true,
    async run({ namespace, compiled: { objects, dependencies } }) {
      const { inventory = [] } = known.get(namespace) ?? {};
      const desired = {
        objects,
        dependencies: dependencies.map(({ from, to, condition }) => ({
          object: from,
          on: to,
          condition: CONDITIONS[condition],
        })),
      };
      const options = {
        settleMs: 0,
        inventory,
        owner: { installation: 'bench', stack: namespace, project: 'bench', namespace },
        stamp: { deploymentId: `${namespace}-${++epoch}`, scope: `bench/${namespace}`, epoch },
        completed: known.has(namespace) ? objects.filter(({ kind }) => kind === 'Job').map(objectId) : [],
      };
      const startedAt = performance.now();
      const run = deploy(desired, transport, options, { clock: systemClock });
      for (;;) {
        const step = await run.next();
        if (!step.done) continue;
        if (step.value.verdict !== 'succeeded') throw new Error(JSON.stringify(step.value.failure));
        known.set(namespace, step.value);
        return performance.now() - startedAt;
      }
    },
    prepare: () => transport.version(),
    stop: () => transport.close(),
  };
}

/** `kubectl apply --server-side`, then `kubectl wait` for everything that can become ready. */
export function kubectlSide(folder) {
  const program = findRival('kubectl');
  if (program === undefined) return undefined;
  return {
    name: 'kubectl',
    agent: 'kubectl',
    async run({ kubeconfig, namespace, compiled: { objects } }) {
      const file = join(folder, `${namespace}.yaml`);
      writeFileSync(file, canonicalYamlStream(objects));
      const env = { KUBECACHEDIR: join(folder, 'kubectl-cache') };
      const kubectl = (...args) => timedRun(program, ['--kubeconfig', kubeconfig, '-n', namespace, ...args], env);
      const has = (kind) => objects.some((object) => object.kind === kind);
      const wait = (kind, condition) => kubectl('wait', kind, '--all', `--for=${condition}`, `--timeout=${WAIT}`);
      let ms = await kubectl('apply', '--server-side', '-f', file);
      // One after the other, as in a script.
      if (has('StatefulSet')) ms += await wait('statefulset', 'jsonpath={.status.readyReplicas}=1');
      if (has('Job')) ms += await wait('job', 'condition=complete');
      if (has('Deployment')) ms += await wait('deployment', 'condition=available');
      return ms;
    },
  };
}

/** `helm upgrade --install --wait` of a chart made of the same objects, its templates without a template. */
export function helmSide(folder) {
  const program = findRival('helm');
  if (program === undefined) return undefined;
  const env = Object.fromEntries(
    ['CACHE', 'CONFIG', 'DATA'].map((kind) => [`HELM_${kind}_HOME`, join(folder, `helm-${kind.toLowerCase()}`)]),
  );
  return {
    name: 'helm',
    agent: 'Helm',
    isOwnBook: (uri) => uri.includes('sh.helm.release') || /\/secrets(\?|$)/.test(uri),
    run({ kubeconfig, namespace, compiled: { objects } }) {
      const chart = join(folder, `chart-${namespace}`);
      mkdirSync(join(chart, 'templates'), { recursive: true });
      writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
      writeFileSync(join(chart, 'templates', 'objects.yaml'), canonicalYamlStream(objects));
      const args = ['upgrade', '--install', 'bench', chart, '--wait', '--wait-for-jobs', '--timeout', WAIT];
      return timedRun(program, [...args, '-n', namespace, '--kubeconfig', kubeconfig], env);
    },
  };
}
