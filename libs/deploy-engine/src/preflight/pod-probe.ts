import type { CallOptions, KubeObject } from '@ushadow/kubernetes';
import {
  dnsLabel,
  isJsonObject,
  KubernetesApiError,
  objectId,
  podSpecPath,
  podTemplateOf,
  valueAt,
} from '@ushadow/kubernetes';
import type { CreationRecogniser, Failure, FailureCode } from '@ushadow/diagnose';
import { CREATION_RECOGNISERS } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Settings } from '../deploy-options.ts';
import { labelCommand } from './namespace-level.ts';

/** Refusals that the pods of the workload would meet as well. Others are the probe's own trouble. */
const MET_BY_PODS: ReadonlySet<FailureCode> = new Set([
  'ADMISSION_DENIED',
  'LIMIT_RANGE_VIOLATED',
  'POD_SECURITY_VIOLATED',
  'QUOTA_EXCEEDED',
]);

/** What the server has against the pods of a workload, where it could be asked. */
export interface PodProbe {
  readonly isAnswered: boolean;
  readonly failure?: Failure;
}

/**
 * Asks the server, by a dry run, to create one pod of a workload's template: quota, limit ranges, pod security and
 * webhooks act on pods, which a dry run of the workload itself never makes.
 */
export async function probePod(
  workload: KubeObject,
  cluster: ClusterPort,
  settings: Settings,
  call: CallOptions,
): Promise<PodProbe> {
  const pod = podOf(workload);
  if (pod === undefined) return { isAnswered: true };
  try {
    await cluster.create(pod, { ...call, fieldManager: settings.manager, dryRun: true });
    return { isAnswered: true };
  } catch (error) {
    if (!(error instanceof KubernetesApiError)) throw error;
    const failure = failureOfApiError(error, objectId(workload));
    if (MET_BY_PODS.has(failure.code)) return { isAnswered: true, failure: asCreationFailure(failure, workload) };
    return { isAnswered: failure.code !== 'PERMISSION_DENIED' };
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
    ...(row === undefined ? {} : { remedy: remedyOf(row, failure, workload) }),
    evidence: [...failure.evidence, ...(row?.evidence?.(failure.message, path) ?? [])],
  };
}

function remedyOf(row: CreationRecogniser, { code, message }: Failure, workload: KubeObject): string {
  const remedy = row.remedy(message, podSpecPath(workload.kind), () => undefined);
  return code === 'POD_SECURITY_VIOLATED' ? `${remedy}: ${labelCommand(workload)}` : remedy;
}

function podOf(workload: KubeObject): KubeObject | undefined {
  const template = workload.kind === 'Pod' ? undefined : podTemplateOf(workload)?.template;
  if (template === undefined || valueAt(workload, ['spec', 'replicas']) === 0) return;
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
