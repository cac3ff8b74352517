import { DomainError } from '@ushadow/contracts';
import { KubernetesApiError, listAt, textAt, valueAt, type KubeObject } from '@ushadow/kubernetes';
import type { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** An image has to be there within this time. */
const START_MS = 60_000;
const LOOK_MS = 300;
const SUFFIX_BYTES = 3;

export interface DebugTarget {
  readonly transport: KubernetesTransport;
  readonly pod: KubeObject;
  readonly container: string;
  readonly image: string;
  /** It ends by itself then, since it cannot be taken away. */
  readonly seconds: number;
}

/**
 * Adds a container of another image to a pod, which sees the processes of one of its containers, for what has no shell of its
 * own. Gives its name once it runs. @throws DomainError `DEBUG_REFUSED`
 */
export async function startDebugContainer(target: DebugTarget, signal: AbortSignal): Promise<string> {
  const { transport, pod, container, image, seconds } = target;
  const name = `ushadow-debug-${randomBytes(SUFFIX_BYTES).toString('hex')}`;
  const id = { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
  const added = { name, image, targetContainerName: container, command: ['sleep', String(seconds)] };
  try {
    await transport.addEphemeralContainer(id, added, { signal });
    for (
      const until = performance.now() + START_MS;
      performance.now() < until;
      await delay(LOOK_MS, undefined, { signal })
    ) {
      const now = await transport.get({ group: '', version: 'v1', kind: 'Pod', ...id }, { signal });
      if (now === undefined) throw refused('the pod is gone');
      const state = stateOf(now, name);
      if (valueAt(state, ['running']) !== undefined) return name;
      const trouble = troubleOf(state);
      if (trouble !== undefined) throw refused(trouble);
    }
  } catch (error) {
    if (error instanceof KubernetesApiError) throw refused(error.message);
    throw error;
  }
  throw refused(`it did not run within ${String(START_MS / 1_000)} s`);
}

function stateOf(pod: KubeObject, name: string): unknown {
  return listAt(pod, ['status', 'ephemeralContainerStatuses']).find((each) => each['name'] === name)?.['state'];
}

function troubleOf(state: unknown): string | undefined {
  const ended = textAt(state, ['terminated', 'reason']);
  if (ended !== '') return `it ended at once (${ended}); the image needs the program sleep`;
  const waiting = textAt(state, ['waiting', 'reason']);
  return /^(ErrImage|ImagePull|InvalidImage|CreateContainer)/.test(waiting)
    ? `its image cannot be had (${waiting})`
    : undefined;
}

function refused(why: string): DomainError {
  return new DomainError('DEBUG_REFUSED', 'conflict', `The debug container could not be started: ${why}.`);
}
