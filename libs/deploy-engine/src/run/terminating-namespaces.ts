import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { namespaceId } from '../plan/namespaces.ts';
import type { Plan } from '../plan/plan.ts';
import type { RunContext } from './run-context.ts';
import { readOptions } from './run-context.ts';

const WAIT_MAX_MS = 30_000;
const POLL_MS = 500;

/** Namespaces that a plan fails for because they are being deleted. */
export function terminatingNamespaces({ problems }: Plan): string[] {
  const names = problems.flatMap(({ code, object }) =>
    code === 'NAMESPACE_TERMINATING' ? [object?.kind === 'Namespace' ? object.name : (object?.namespace ?? '')] : [],
  );
  return [...new Set(names)].filter((name) => name !== '');
}

/** Waits for a while until they are gone. False when they are not. */
export async function awaitGone(names: readonly string[], context: RunContext): Promise<boolean> {
  const { clock, ending, emit, startedAt, settings } = context;
  const until = Math.min(clock.now() + WAIT_MAX_MS, startedAt + settings.deadlineMs);
  for (const name of names) {
    const message = 'the namespace is being deleted; waiting until it is gone';
    emit({ type: 'object.status', object: namespaceId(name), state: 'deleting', message });
  }
  for (let left = names; ;) {
    const found = await Promise.all(left.map((name) => isStillThere(name, context)));
    left = left.filter((_, index) => found[index]);
    if (left.length === 0) return true;
    if (ending.aborted || clock.now() + POLL_MS > until) return false;
    await clock.timer(POLL_MS).elapsed;
  }
}

async function isStillThere(name: string, context: RunContext): Promise<boolean> {
  try {
    return isTerminating(await context.cluster.get(namespaceId(name), readOptions(context)));
  } catch (error) {
    // Whoever may not look waits out the time.
    if (error instanceof KubernetesApiError) return true;
    throw error;
  }
}

function isTerminating(live: KubeObject | undefined): boolean {
  return live?.metadata.deletionTimestamp !== undefined;
}
