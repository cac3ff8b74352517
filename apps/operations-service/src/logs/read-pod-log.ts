import { Injectable } from '@nestjs/common';
import { DomainError, failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { classifyError, KubernetesApiError, textAt, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { cleanText, masked } from '@ushadow/logs';
import { RpcCaller } from '@ushadow/messaging';
import { Redactor } from '@ushadow/secrets';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { podContainers } from './pod-containers.ts';

type Operation = typeof operations.getPodLogs;
type Input = InputOf<Operation>;

const LIMIT_BYTES = 2 * 1024 * 1024;

/** The last lines of one pod, whosever it is. */
@Injectable()
export class ReadPodLog {
  constructor(
    private readonly caller: RpcCaller,
    private readonly clusters: ClusterConnections,
    private readonly stacks: StackPlaces,
  ) {}

  async run(input: Input): Promise<OutputOf<Operation>> {
    const { cluster_id, pod: name, previous } = input;
    const namespace = input.namespace ?? (await this.caller.call(operations.getCluster, { cluster_id })).namespace;
    const [cluster, values] = await Promise.all([
      this.clusters.to(cluster_id),
      this.stacks.secretValues(cluster_id, namespace),
    ]);
    try {
      const pod = await cluster.get({ group: '', version: 'v1', kind: 'Pod', namespace, name });
      if (pod === undefined) throw failure(operations.getPodLogs, 'POD_NOT_FOUND', `No pod ${name} in ${namespace}.`);
      const text = await this.read(cluster, pod, input, namespace);
      const redactor = new Redactor(values);
      const mask = (line: string): string => redactor.maskValues(line);
      const lines = wholeLines(text).map((line) => masked(cleanText(Buffer.from(line)), mask));
      return { pod_name: name, namespace, previous, logs: lines.join('\n') };
    } catch (error) {
      throw toRefusal(error, name);
    }
  }

  private read(
    cluster: KubernetesTransport,
    pod: KubeObject,
    { container, previous, tail_lines }: Input,
    namespace: string,
  ): Promise<string> {
    const main = podContainers(pod).find(({ kind }) => kind === 'main');
    const wanted = container ?? pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'] ?? main?.name;
    if (textAt(pod, ['status', 'phase']) === 'Pending' && main?.hasStarted !== true && container === undefined) {
      const why = main?.reason ?? '';
      const message = `The pod ${pod.metadata.name} has not started${why === '' ? '' : `: ${why}`}.`;
      throw failure(operations.getPodLogs, 'LOGS_NOT_READY', message);
    }
    return cluster.logs(
      { namespace, name: pod.metadata.name },
      {
        ...{ previous, tailLines: tail_lines, limitBytes: LIMIT_BYTES },
        ...(wanted === undefined ? {} : { container: wanted }),
      },
    );
  }
}

function toRefusal(error: unknown, pod: string): unknown {
  if (!(error instanceof KubernetesApiError)) return error;
  const kind = classifyError(error);
  const details = { reason: error.reason, status: error.httpStatus };
  if (kind === 'not-found') return failure(operations.getPodLogs, 'POD_NOT_FOUND', `The pod ${pod} is gone.`);
  if (error.httpStatus === 400) return failure(operations.getPodLogs, 'LOGS_NOT_READY', error.message);
  if (kind === 'unauthorized')
    return new DomainError('CLUSTER_UNAUTHORIZED', 'forbidden', error.message, { details, cause: error });
  if (kind === 'forbidden' || kind === 'invalid')
    return new DomainError('CLUSTER_REFUSED', 'invalid', error.message, { details, cause: error });
  return new DomainError('CLUSTER_UNREACHABLE', 'unavailable', error.message, { details, cause: error });
}

/** Where there is more than is read, the last line may be cut in the middle of what is secret. */
function wholeLines(text: string): string[] {
  const lines = text.split('\n');
  return Buffer.byteLength(text) < LIMIT_BYTES ? lines : lines.slice(0, -1);
}
