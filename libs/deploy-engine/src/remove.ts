import { CancelSource } from './cancel-source.ts';
import type { ClusterPort } from './cluster.port.ts';
import type { DeployEvent, DeployEventBody } from './deploy-event.ts';
import type { DeployEnvironment, DeployOptions } from './deploy-options.ts';
import { withDefaults } from './deploy-options.ts';
import type { InventoryEntry } from './deploy-result.ts';
import { EventChannel } from './event-channel.ts';
import type { Deletions } from './prune/delete-objects.ts';
import { deleteObjects } from './prune/delete-objects.ts';
import { inStage } from './run/run-context.ts';

/** Deletes everything of an inventory that is still ours. Claims and namespaces stay unless `confirmDelete` names them. */
export async function* remove(
  inventory: readonly InventoryEntry[],
  cluster: ClusterPort,
  options: Pick<DeployOptions, 'confirmDelete'>,
  environment: DeployEnvironment,
): AsyncGenerator<DeployEvent, Deletions, undefined> {
  const { clock } = environment;
  const signal = new CancelSource(environment.signal);
  const channel = new EventChannel<DeployEvent>();
  const emit = (event: DeployEventBody): void => channel.push({ ...event, at: clock.now() });
  const told = (): Promise<void> => channel.handled();
  const base = { cluster, settings: withDefaults(options), clock, signal, emit, told };
  const context = { ...base, startedAt: clock.now(), resumeFrom: undefined };
  const running = inStage(context, 'prune', () => deleteObjects(inventory, 'pruned', context)).finally(() =>
    channel.close(),
  );
  running.catch(() => undefined);
  try {
    yield* channel.drain();
  } finally {
    signal.cancel();
  }
  return running;
}
