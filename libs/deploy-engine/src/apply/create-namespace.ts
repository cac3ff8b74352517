import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { objectId } from '@ushadow/kubernetes';
import { checkFence, isOfHolder, marked } from './write-stamp.ts';
import { onlyNew } from './create-object.ts';
import { CONFLICT_TRIES, isThere } from './preconditions.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';

/** The namespace that was made; undefined where it is there by now without our doing. */
export async function createNamespace(namespace: KubeObject, context: RunContext): Promise<KubeObject | undefined> {
  const written = await make(namespace, context);
  if (written === undefined) return undefined;
  const { object, warnings } = written;
  const { uid, resourceVersion } = object.metadata;
  context.emit({
    type: 'object.applied',
    object: objectId(object),
    outcome: 'created',
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    warnings,
  });
  return object;
}

async function make(namespace: KubeObject, context: RunContext): Promise<WriteOutcome | undefined> {
  const { cluster, settings } = context;
  const body = onlyNew(marked(namespace, settings));
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.apply(body, { ...callOptions(context), fieldManager: settings.manager });
    } catch (error) {
      if (tries >= CONFLICT_TRIES || !isThere(error)) throw error;
      const live = await cluster.get(objectId(namespace), callOptions(context));
      if (live === undefined) continue;
      checkFence(live, settings.stamp);
      // The answer to this very write may have been lost.
      return isOfHolder(live, settings.stamp) ? { object: live, warnings: [] } : undefined;
    }
  }
}
