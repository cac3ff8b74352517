import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { KubernetesApiError, objectId, objectKey } from '@ushadow/kubernetes';
import type { CauseLedger } from '../diagnose/cause-ledger.ts';
import type { Cause, Failure } from '../failure.ts';
import type { FailureCode } from '../failure-code.ts';
import { listAt } from '../readiness/fields.ts';
import type { RunContext } from './run-context.ts';

const TAIL_LINES = 50;
const LIMIT_BYTES = 16 * 1024;
const DEADLINE_MS = 5_000;

/** Codes for which the container has run and may have said why it ended. */
const HAS_LOG: ReadonlySet<FailureCode> = new Set([
  'CRASH_LOOP',
  'INIT_CONTAINER_FAILED',
  'JOB_FAILED',
  'OOM_KILLED',
  'POD_FAILED',
  'PROBE_LIVENESS_FAILED',
  'PROBE_READINESS_FAILED',
  'PROBE_STARTUP_FAILED',
  'ROLLOUT_DEADLINE',
  'WRONG_ARCHITECTURE',
]);

/** The failure with the last lines of the container at fault; without them where there are none to get. */
export async function withLogs(
  failure: Failure,
  causes: readonly Cause[],
  ledger: CauseLedger,
  context: RunContext,
): Promise<Failure> {
  const cause = causes.find(({ object, container }) => container === failure.container && isAt(object, failure));
  const pod = cause === undefined ? undefined : ledger.podOf(cause);
  if (pod === undefined || failure.container === undefined || !HAS_LOG.has(failure.code)) return failure;
  const lines = await lastLines(pod, failure.container, context);
  if (lines.length === 0) return failure;
  context.emit({ type: 'log', object: objectId(pod), container: failure.container, lines });
  const evidence = { kind: 'log' as const, path: failure.container, value: lines.join('\n') };
  return { ...failure, evidence: [...failure.evidence, evidence] };
}

function isAt(object: ObjectId, failure: Failure): boolean {
  return failure.object !== undefined && objectKey(object) === objectKey(failure.object);
}

async function lastLines(pod: KubeObject, container: string, { cluster, signal }: RunContext): Promise<string[]> {
  const { name, namespace = 'default' } = pod.metadata;
  const options = { container, tailLines: TAIL_LINES, limitBytes: LIMIT_BYTES, deadlineMs: DEADLINE_MS };
  try {
    const text = await cluster.logs(
      { name, namespace },
      { ...options, signal, previous: hasRestarted(pod, container) },
    );
    return text.split('\n').filter((line) => line !== '');
  } catch (error) {
    // The verdict stands without the log: it may be gone, or not permitted.
    if (error instanceof KubernetesApiError) return [];
    throw error;
  }
}

function hasRestarted(pod: KubeObject, container: string): boolean {
  const statuses = [
    ...listAt(pod, ['status', 'initContainerStatuses']),
    ...listAt(pod, ['status', 'containerStatuses']),
  ];
  return Number(statuses.find(({ name }) => name === container)?.['restartCount'] ?? 0) > 0;
}
