import { spawnSync } from 'node:child_process';
import { findRival } from '../deploy/run-program.mjs';

const KINDS = 'services,pods,endpointslices,deployments,statefulsets,daemonsets';

/** What kubectl takes to print the same objects, its start included: wall and processor time in ms. */
export function kubectlList(kubeconfig) {
  const kubectl = findRival('kubectl') ?? 'kubectl';
  const args = [kubectl, '--kubeconfig', kubeconfig, 'get', KINDS, '--all-namespaces', '--output', 'json'];
  const startedAt = performance.now();
  // The shell's second line of `times` is what its children took.
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', '"$@" > /dev/null; code=$?; times; exit $code', 'sh', ...args],
    {
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`kubectl get: ${stderr}`);
  const spent = [...(stdout.trim().split('\n')[1] ?? '').matchAll(/(\d+)m([\d.]+)s/g)];
  const processorMs = spent.reduce(
    (sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1_000,
    0,
  );
  return { wallMs: performance.now() - startedAt, processorMs };
}
