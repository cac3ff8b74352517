import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, KubernetesApiError, listAt, numberAt, objectId, textAt } from '@ushadow/kubernetes';
import type { ClusterView } from '@ushadow/diagnose';
import { failureOfApiError } from '../api-failure.ts';
import type { GraphNode } from './apply-graph.ts';
import type { ApplyRun } from './apply-run.ts';
import type { RunContext } from './run-context.ts';
import { callOptions } from './run-context.ts';

/** A pod that runs but is not ready is given this long before it counts as stuck. */
const STUCK_AFTER_MS = 30_000;

/**
 * A StatefulSet waits for each pod to be ready before it goes on, for a broken one of the old revision as well: without
 * help it never takes a new revision, nor rolls back to an old one. Such pods are deleted, so that they are made anew.
 */
export class StuckPods {
  readonly #context: RunContext;
  readonly #view: ClusterView;
  readonly #onCrash: (error: unknown) => void;
  readonly #firstSeen = new Map<string, number>();
  readonly #handled = new Map<string, Promise<void>>();

  constructor(view: ClusterView, context: RunContext, onCrash: (error: unknown) => void) {
    this.#view = view;
    this.#context = context;
    this.#onCrash = onCrash;
  }

  release(nodes: readonly GraphNode[], run: ApplyRun): void {
    if (this.#context.settings.observeOnly === true) return;
    for (const node of nodes) {
      const set = node.id.kind === 'StatefulSet' && run.isWritten(node.key) ? this.#view.get(node.id) : undefined;
      if (set === undefined || !isRolling(set)) continue;
      for (const pod of this.#view.ownedBy(set, 'Pod')) {
        if (isOutdated(pod, set) && this.#isStuck(pod)) this.#delete(pod);
      }
    }
  }

  /** When a pod that is not ready begins to count as stuck. */
  nextChangeAt(now: number): number {
    return Math.min(
      Infinity,
      ...[...this.#firstSeen.values()].map((at) => at + STUCK_AFTER_MS).filter((at) => at > now),
    );
  }

  async settle(): Promise<void> {
    await Promise.all(this.#handled.values());
  }

  #isStuck(pod: KubeObject): boolean {
    if (pod.metadata.deletionTimestamp !== undefined || conditionOf(pod, 'Ready')?.status === 'True') return false;
    if (isBroken(pod)) return true;
    const uid = pod.metadata.uid ?? '';
    const now = this.#context.clock.now();
    const since = this.#firstSeen.get(uid) ?? now;
    this.#firstSeen.set(uid, since);
    return now - since >= STUCK_AFTER_MS;
  }

  #delete(pod: KubeObject): void {
    const { uid = '' } = pod.metadata;
    if (!this.#handled.has(uid)) this.#handled.set(uid, this.#deleteOnce(pod, uid).catch(this.#onCrash));
  }

  async #deleteOnce(pod: KubeObject, uid: string): Promise<void> {
    const { cluster, emit } = this.#context;
    const object = objectId(pod);
    try {
      const isDeleted = await cluster.delete(object, { ...callOptions(this.#context), uid });
      if (isDeleted) emit({ type: 'object.deleted', object, reason: 'stuck' });
    } catch (error) {
      if (!(error instanceof KubernetesApiError)) throw error;
      const { code, message } = failureOfApiError(error, object);
      const what = `pod ${pod.metadata.name} of the old revision holds its StatefulSet up and cannot be deleted: ${message}`;
      emit({ type: 'warning', code, message: what, object });
    }
  }
}

function isRolling(set: KubeObject): boolean {
  if (numberAt(set, ['status', 'observedGeneration']) < (set.metadata.generation ?? 0)) return false;
  return textAt(set, ['spec', 'updateStrategy', 'type']) !== 'OnDelete';
}

/** Of another revision than the one that is rolled out, and not kept on purpose by a partition. */
function isOutdated(pod: KubeObject, set: KubeObject): boolean {
  const update = textAt(set, ['status', 'updateRevision']);
  const ordinal = Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? 0);
  const partition = numberAt(set, ['spec', 'updateStrategy', 'rollingUpdate', 'partition']);
  return update !== '' && pod.metadata.labels?.['controller-revision-hash'] !== update && ordinal >= partition;
}

/** It failed, cannot be scheduled, or a container waits for something that starting it takes. */
function isBroken(pod: KubeObject): boolean {
  if (textAt(pod, ['status', 'phase']) === 'Failed') return true;
  if (conditionOf(pod, 'PodScheduled')?.reason === 'Unschedulable') return true;
  const statuses = ['initContainerStatuses', 'containerStatuses'].flatMap((list) => listAt(pod, ['status', list]));
  const reasons = statuses.map((status) => textAt(status, ['state', 'waiting', 'reason']));
  return reasons.some((reason) => /^Err|Error$|BackOff$|^InvalidImageName$/.test(reason));
}
