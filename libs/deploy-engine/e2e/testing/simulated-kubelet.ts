import type { KubeObject, ListTarget } from '@ushadow/kubernetes';
import { parseApiVersion } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { testCluster } from '@ushadow/testing';

/** Image of pods whose status nobody but the test writes. */
export const UNTOUCHED = 'untouched.invalid/app:1';

type Fields = Readonly<Record<string, unknown>>;

/** Plays node agents and controllers in one namespace: writes the status and the events that they would. */
export class SimulatedKubelet {
  readonly #namespace: string;
  readonly #cluster: KubernetesTransport;
  #count = 0;

  constructor(namespace: string, cluster: KubernetesTransport) {
    this.#namespace = namespace;
    this.#cluster = cluster;
  }

  /** The first scheduled pod that has these labels, and is none of those already known. */
  async pod(labelSelector: string, known: readonly KubeObject[] = []): Promise<KubeObject> {
    const uids = known.map(({ metadata }) => metadata.uid);
    return this.seen({ group: '', version: 'v1', kind: 'Pod', namespace: this.#namespace, labelSelector }, (pod) => {
      const { nodeName } = (pod['spec'] ?? {}) as { nodeName?: string };
      return nodeName !== undefined && !uids.includes(pod.metadata.uid) && pod.metadata.deletionTimestamp === undefined;
    });
  }

  /** Waits until an object is seen that fits. */
  async seen(target: ListTarget, fits: (object: KubeObject) => boolean): Promise<KubeObject> {
    const watch = this.#cluster.watch(target);
    try {
      for await (const event of watch) {
        if ((event.type === 'added' || event.type === 'modified') && fits(event.object)) return event.object;
      }
    } finally {
      watch.close();
    }
    throw new Error('the watch ended');
  }

  /** Gives the time of writing, in milliseconds since the epoch. */
  async report({ apiVersion, kind, metadata }: KubeObject, status: Fields): Promise<number> {
    const { api } = await testCluster();
    const { name } = metadata;
    const path = `${collection(apiVersion, kind, this.#namespace)}/${name}/status`;
    const writtenAt = Date.now();
    await api.apply(path, { apiVersion, kind, metadata: { name, namespace: this.#namespace }, status }, 'kubelet');
    return writtenAt;
  }

  async tell(object: KubeObject, reason: string, message: string, container?: string): Promise<number> {
    const { api } = await testCluster();
    const { apiVersion, kind, metadata } = object;
    const { name, uid } = metadata;
    const fieldPath = container === undefined ? {} : { fieldPath: `spec.containers{${container}}` };
    const now = new Date().toISOString();
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: `${name}.${Date.now().toString(16)}${this.#count++}`, namespace: this.#namespace },
      involvedObject: { apiVersion, kind, name, namespace: this.#namespace, uid, ...fieldPath },
      reason,
      message,
      type: 'Warning',
      count: 1,
      firstTimestamp: now,
      lastTimestamp: now,
      source: { component: 'kubelet' },
    };
    const writtenAt = Date.now();
    const { status, body } = await api.post(`/api/v1/namespaces/${this.#namespace}/events`, event);
    if (status !== 201) throw new Error(`event: ${status} ${JSON.stringify(body)}`);
    return writtenAt;
  }
}

const PLURALS: Readonly<Record<string, string>> = { Ingress: 'ingresses' };

function collection(apiVersion: string, kind: string, namespace: string): string {
  const { group } = parseApiVersion(apiVersion);
  const base = group === '' ? '/api/v1' : `/apis/${apiVersion}`;
  return `${base}/namespaces/${namespace}/${PLURALS[kind] ?? `${kind.toLowerCase()}s`}`;
}

/** Status of a pod with one container. */
export const container = (state: Fields, more: Fields = {}): Fields => ({
  name: 'main',
  image: UNTOUCHED,
  imageID: '',
  ready: false,
  started: false,
  restartCount: 0,
  state,
  ...more,
});
export const waiting = (reason: string, message = '', more: Fields = {}): Fields => ({
  phase: 'Pending',
  containerStatuses: [container({ waiting: { reason, message } }, more)],
});
const NOW = '2026-01-01T00:00:00Z';
export const ended = (exitCode: number, reason: string, message = ''): Fields => ({
  terminated: { exitCode, reason, message, startedAt: NOW, finishedAt: NOW },
});
export const crashed = (exitCode: number, reason: string, restartCount: number, message = ''): Fields => ({
  phase: 'Running',
  containerStatuses: [
    container(
      { waiting: { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' } },
      { restartCount, lastState: ended(exitCode, reason, message) },
    ),
  ],
});
export const RUNNING: Fields = {
  phase: 'Running',
  conditions: ['Initialized', 'ContainersReady', 'Ready'].map((type) => ({
    type,
    status: 'True',
    lastTransitionTime: NOW,
  })),
  containerStatuses: [container({ running: { startedAt: NOW } }, { ready: true, started: true })],
};
export const conditions = (
  ...list: readonly (readonly [type: string, status: string, reason?: string, message?: string])[]
): Fields => ({
  conditions: list.map(([type, status, reason = '', message = '']) => ({
    type,
    status,
    lastTransitionTime: NOW,
    ...(reason === '' ? {} : { reason }),
    ...(message === '' ? {} : { message }),
  })),
});
