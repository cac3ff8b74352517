import type { KubeObject } from '@ushadow/kubernetes';
import { KubernetesApiError, formatObjectId } from '@ushadow/kubernetes';
import type { Failure } from '@ushadow/diagnose';
import { isUnreachable } from './api-failure.ts';
import { CancelSource } from './cancel-source.ts';
import type { ClusterPort } from './cluster.port.ts';
import type { DeployEvent, DeployEventBody } from './deploy-event.ts';
import type { DeployEnvironment, DeployOptions } from './deploy-options.ts';
import { withDefaults } from './deploy-options.ts';
import type { DeployResult, InventoryEntry, Verdict } from './deploy-result.ts';
import type { DeployRun } from './event-stream.ts';
import { EventChannel } from './event-channel.ts';
import { eventStream } from './event-stream.ts';
import { deleteObjects } from './prune/delete-objects.ts';
import { CANCELLED } from './deploy-result.ts';
import type { RunContext } from './run/run-context.ts';
import { inStage, readOptions } from './run/run-context.ts';

const POLL_MS = 500;

/**
 * Deletes everything of an inventory that is still ours, and waits until it is gone; what has become somebody else's
 * stays. Claims and namespaces stay unless
 * `confirmDelete` names them; the result's inventory is what is still there.
 */
export async function* remove(
  inventory: readonly InventoryEntry[],
  cluster: ClusterPort,
  options: Pick<DeployOptions, 'confirmDelete' | 'deadlineMs' | 'owner' | 'stamp'>,
  environment: DeployEnvironment,
): DeployRun {
  const { clock, resumeFrom } = environment;
  const signal = new CancelSource(environment.signal);
  const ending = new CancelSource(signal, environment.leave, environment.cancel);
  const channel = new EventChannel<DeployEvent>();
  const emit = (event: DeployEventBody): void => channel.push({ ...event, at: clock.now() });
  const recorded = (): Promise<void> => channel.handled();
  const startedAt = resumeFrom?.startedAt ?? clock.now();
  const base = { cluster, settings: withDefaults(options), clock, emit, recorded, startedAt, resumeFrom };
  const context: RunContext = { ...base, signal, ending, leaving: ending };
  return yield* eventStream(() => removeAll(inventory, context), channel, signal);
}

async function removeAll(inventory: readonly InventoryEntry[], context: RunContext): Promise<DeployResult> {
  const { deleted, kept, refused, left } = await inStage(context, 'prune', async () => {
    const deletions = await deleteObjects(inventory, 'pruned', context);
    return { ...deletions, left: await untilGone(deletions.deleted, context) };
  });
  const changes = deleted.map(({ object, uid }) => ({ object, uid, outcome: 'deleted' as const }));
  const failure = context.ending.aborted ? CANCELLED : (refused[0]?.failure ?? stuckFailure(left));
  const ending = failure === undefined ? ({ verdict: 'succeeded' } as const) : { verdict: verdictOf(failure), failure };
  context.emit({ type: 'verdict', ...ending });
  return { ...ending, causes: [], changes, states: [], inventory: [...kept, ...left.map(({ entry }) => entry)] };
}

function verdictOf(failure: Failure): Verdict {
  if (failure.code === 'CANCELLED') return 'cancelled';
  return isUnreachable(failure) ? 'unknown' : 'failed';
}

interface Lingering {
  readonly entry: InventoryEntry;
  readonly live: KubeObject | undefined;
}

/** Waits for what was deleted to vanish; gives what is still there when the time is up. */
async function untilGone(deleted: readonly InventoryEntry[], context: RunContext): Promise<readonly Lingering[]> {
  const { clock, ending, startedAt, settings } = context;
  let waiting: readonly Lingering[] = deleted.map((entry) => ({ entry, live: undefined }));
  for (;;) {
    const found = await Promise.all(waiting.map(({ entry }) => readLingering(entry, context)));
    waiting = found.filter((each) => each !== undefined);
    if (waiting.length === 0 || ending.aborted || clock.now() - startedAt >= settings.deadlineMs) return waiting;
    await clock.timer(POLL_MS).elapsed;
  }
}

async function readLingering(entry: InventoryEntry, context: RunContext): Promise<Lingering | undefined> {
  try {
    const live = await context.cluster.get(entry.object, readOptions(context));
    return live?.metadata.uid === entry.uid ? { entry, live } : undefined;
  } catch (error) {
    // Not to be seen at the moment is not the same as gone.
    if (error instanceof KubernetesApiError) return { entry, live: undefined };
    throw error;
  }
}

function stuckFailure([first]: readonly Lingering[]): Failure | undefined {
  if (first === undefined) return undefined;
  const { entry, live } = first;
  const id = formatObjectId(entry.object);
  if (live === undefined)
    return { code: 'CLUSTER_UNREACHABLE', message: `it cannot be seen whether ${id} is gone`, evidence: [] };
  const finalizers = live.metadata['finalizers'];
  const names = Array.isArray(finalizers) ? finalizers.join(', ') : 'none';
  return {
    code: 'FINALIZER_STUCK',
    message: `${id} is deleted but does not go away; its finalizers: ${names}`,
    object: entry.object,
    remedy: 'find out why the controllers behind its finalizers do not let it go',
    evidence: [{ kind: 'field', path: 'metadata.finalizers', value: names }],
  };
}
