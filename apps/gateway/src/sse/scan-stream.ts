import { events, type DataOf } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';

type Progress = DataOf<typeof events.scanProgressed>;
type Completed = Pick<DataOf<typeof events.scanCompleted>, 'namespace' | 'found'>;

export interface ScanSink {
  progress(event: Progress): void;
  /** Namespaces whose scans ended since the last time. */
  completed(event: { readonly cluster_id: string; readonly scans: readonly Completed[] }): void;
}

/** A scan of many namespaces ends with an event for each, several scans at once tell of themselves. */
const INTERVAL_MS = 300;

/**
 * What happens in the scans of a cluster, until the signal: live, so that only what comes after is told. Bursts are sent
 * together; of steps that were not sent yet the last stands for all, an end is always sent.
 */
export async function streamScans(
  bus: EventBus,
  clusterId: string,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<void> {
  const ended: Progress[] = [];
  const completed: Completed[] = [];
  let step: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    if (completed.length > 0) sink.completed({ cluster_id: clusterId, scans: completed.splice(0) });
    if (step !== undefined) sink.progress(step);
    for (const end of ended.splice(0)) sink.progress(end);
    step = undefined;
  };
  const soon = (): void => {
    timer ??= setTimeout(flush, INTERVAL_MS);
  };
  const stops = [
    bus.listen(events.scanProgressed, clusterId, (event) => {
      if (event.phase === 'listing') step = event;
      else ended.push(event);
      soon();
    }),
    bus.listen(events.scanCompleted, undefined, ({ cluster_id, namespace, found }) => {
      if (cluster_id !== clusterId) return;
      completed.push({ namespace, found });
      soon();
    }),
  ];
  try {
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    clearTimeout(timer);
    for (const stop of stops) stop();
  }
}
