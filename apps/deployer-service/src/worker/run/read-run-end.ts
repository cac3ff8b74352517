import type { ClusterPort, DeployEvent } from '@ushadow/deploy-engine';
import { KubernetesApiError, listAt, objectId, valueAt, type Clock, type KubeObject } from '@ushadow/kubernetes';

/** How what was run has ended: its exit code, where it is known, and the last lines that it has written. */
export interface RunEnd {
  readonly exitCode: number | null;
  readonly events: readonly DeployEvent[];
}

const LINES = 500;
const BYTES = 256 * 1024;
const READ_MS = 10_000;

/** Looks at the pod of a Job that has ended. What cannot be read is not known; the verdict does not depend on it. */
export async function readRunEnd(
  job: KubeObject,
  cluster: ClusterPort,
  { clock, redact }: { readonly clock: Clock; readonly redact: (text: string) => string },
): Promise<RunEnd> {
  const { name, namespace = '' } = job.metadata;
  const call = { deadlineMs: READ_MS };
  try {
    const target = { group: '', version: 'v1', kind: 'Pod', namespace };
    const { items } = await cluster.list({ ...target, labelSelector: `batch.kubernetes.io/job-name=${name}` }, call);
    const pod = items.at(-1);
    const container = String(valueAt(job, ['spec', 'template', 'spec', 'containers', 0, 'name']));
    if (pod === undefined) return { exitCode: null, events: [] };
    const [status] = listAt(pod, ['status', 'containerStatuses']).filter((each) => each['name'] === container);
    const code = valueAt(status, ['state', 'terminated', 'exitCode']);
    const place = { namespace, name: pod.metadata.name };
    const text = await cluster.logs(place, { ...call, container, tailLines: LINES, limitBytes: BYTES }).catch(() => '');
    const lines = redact(text).split('\n');
    if (lines.at(-1) === '') lines.pop();
    const object = objectId({ ...pod, apiVersion: 'v1', kind: 'Pod' });
    const log: DeployEvent = { type: 'log', at: clock.now(), object, container, lines };
    return { exitCode: typeof code === 'number' ? code & 255 : null, events: lines.length === 0 ? [] : [log] };
  } catch (error) {
    if (error instanceof KubernetesApiError) return { exitCode: null, events: [] };
    throw error;
  }
}
