import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { checkFence, isOfHolder, marked } from './write-stamp.ts';
import { CONFLICT_TRIES, isAlreadyThere, onlyNew } from './preconditions.ts';
import { emitApplied } from './write-object.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';

/** The namespace that was made; undefined where it is there by now without our doing. */
export async function createNamespace(namespace: KubeObject, context: RunContext): Promise<KubeObject | undefined> {
  const written = await make(namespace, context);
  if (written === undefined) return undefined;
  emitApplied({ ...written, outcome: 'created' }, context);
  return written.object;
}

async function make(namespace: KubeObject, context: RunContext): Promise<WriteOutcome | undefined> {
  const { cluster, settings } = context;
  const body = onlyNew(marked(namespace, settings));
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.apply(body, { ...callOptions(context), fieldManager: settings.manager });
    } catch (error) {
      if (tries >= CONFLICT_TRIES || !isAlreadyThere(error)) throw error;
      const live = await cluster.get(objectId(namespace), callOptions(context));
      if (live === undefined) continue;
      checkFence(live, settings.stamp);
      // The answer to this very write may have been lost.
      return isOfHolder(live, settings.stamp) ? { object: live, warnings: [] } : undefined;
    }
  }
}
