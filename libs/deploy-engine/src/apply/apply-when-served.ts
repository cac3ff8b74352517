import type { KubeObject, WriteOutcome } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { failureOfApiError } from '../api-failure.ts';
import type { PlanEntry } from '../plan/plan.ts';
import type { RunContext } from '../run/run-context.ts';
import { callOptions } from '../run/run-context.ts';

const KIND_WAIT_MS = 500;
const KIND_TRIES = 20;

/** A kind defined a moment ago takes a while to be served. */
export async function applyWhenServed(
  object: KubeObject,
  entry: PlanEntry,
  context: RunContext,
): Promise<WriteOutcome> {
  const { cluster, settings, clock } = context;
  const force = entry.takesOver !== undefined;
  for (let tries = 1; ; tries++) {
    try {
      return await cluster.apply(object, { ...callOptions(context), fieldManager: settings.manager, force });
    } catch (error) {
      if (entry.verified || tries >= KIND_TRIES || !(error instanceof KubernetesApiError)) throw error;
      if (failureOfApiError(error).code !== 'KIND_NOT_SERVED' || context.ending.aborted) throw error;
      await clock.timer(KIND_WAIT_MS).elapsed;
    }
  }
}
