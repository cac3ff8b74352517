import type { CallOptions, KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, dnsLabel, isJsonObject, objectId, valueAt } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import type { Failure } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';

const TEMPLATED = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job']);

/** Refusals that the pods of the workload would meet as well. Others are the probe's own trouble. */
const TELLING: ReadonlySet<FailureCode> = new Set([
  'ADMISSION_DENIED',
  'LIMIT_RANGE_VIOLATED',
  'POD_SECURITY_VIOLATED',
  'QUOTA_EXCEEDED',
]);

/**
 * Asks the server, by a dry run, to create one pod of a workload's template: quota, limit ranges, pod security and
 * webhooks act on pods, which a dry run of the workload itself never makes. Undefined: nothing against it, or not known.
 */
export async function probePod(
  workload: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<Failure | undefined> {
  const pod = podOf(workload);
  if (pod === undefined) return undefined;
  try {
    await cluster.create(pod, { ...call, fieldManager: settings.manager, dryRun: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const failure = failureOfApiError(error, objectId(workload));
    if (!TELLING.has(failure.code)) return undefined;
    return { ...failure, message: `its pods would be refused: ${failure.message}` };
  }
}

function podOf(workload: KubeObject): KubeObject | undefined {
  const template = valueAt(workload, ['spec', 'template']);
  if (!TEMPLATED.has(workload.kind) || !isJsonObject(template) || valueAt(workload, ['spec', 'replicas']) === 0) return;
  const { namespace, name } = workload.metadata;
  const labels = valueAt(template, ['metadata', 'labels']);
  const spec = template['spec'];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: dnsLabel(`${name}-ushadow-probe`),
      ...(namespace === undefined ? {} : { namespace }),
      ...(isJsonObject(labels) ? { labels: labels as Readonly<Record<string, string>> } : {}),
    },
    ...(spec === undefined ? {} : { spec }),
  };
}
