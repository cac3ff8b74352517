import type { CallOptions, KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, dnsLabel, isJsonObject, objectId, valueAt } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { CREATION_RECOGNISERS } from '../diagnose/recognisers/creation-rows.ts';
import type { Failure } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';
import { podSpecPath } from '../graph/references.ts';

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
    return TELLING.has(failure.code) ? asCreationFailure(failure, workload) : undefined;
  }
}

/** In the words of the controller that would meet it, with the place in the workload. */
function asCreationFailure(failure: Failure, workload: KubeObject): Failure {
  const row = CREATION_RECOGNISERS.find(({ code }) => code === failure.code);
  const path = podSpecPath(workload.kind);
  const field = row?.field?.(failure.message, path);
  return {
    ...failure,
    message: `its pods would be refused: ${failure.message}`,
    ...(field === undefined ? {} : { field }),
    ...(row === undefined ? {} : { remedy: row.remedy(failure.message, path, () => undefined) }),
    evidence: [...failure.evidence, ...(row?.evidence?.(failure.message, path) ?? [])],
  };
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
