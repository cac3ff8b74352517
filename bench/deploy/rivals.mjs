import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalYamlStream } from '../../libs/kubernetes/src/index.ts';
import { findRival, timedRun } from './run-program.mjs';

/** `kubectl apply --server-side` of a file. Its discovery cache is warm after the first run, as on a developer's machine. */
export function kubectlRival(folder) {
  const program = findRival('kubectl');
  if (program === undefined) return undefined;
  return {
    name: 'kubectl',
    agent: 'kubectl',
    run({ kubeconfig, namespace, objects }) {
      const file = join(folder, `${namespace}.yaml`);
      writeFileSync(file, canonicalYamlStream(objects));
      const env = { KUBECACHEDIR: join(folder, 'kubectl-cache') };
      return timedRun(program, ['--kubeconfig', kubeconfig, 'apply', '--server-side', '-f', file], env);
    },
  };
}

/** `helm upgrade --install` of a chart made of the same objects, its templates without a template. */
export function helmRival(folder) {
  const program = findRival('helm');
  if (program === undefined) return undefined;
  const env = Object.fromEntries(
    ['CACHE', 'CONFIG', 'DATA'].map((kind) => [`HELM_${kind}_HOME`, join(folder, `helm-${kind.toLowerCase()}`)]),
  );
  return {
    name: 'helm',
    agent: 'Helm',
    run({ kubeconfig, namespace, objects }) {
      const chart = join(folder, `chart-${namespace}`);
      mkdirSync(join(chart, 'templates'), { recursive: true });
      writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: bench\nversion: 1.0.0\n');
      writeFileSync(join(chart, 'templates', 'objects.yaml'), canonicalYamlStream(objects));
      return timedRun(
        program,
        ['upgrade', '--install', 'bench', chart, '-n', namespace, '--kubeconfig', kubeconfig],
        env,
      );
    },
  };
}
