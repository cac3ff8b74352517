import { events, type DataOf } from '@ushadow/contracts';
import type { EventBus } from '@ushadow/messaging';

type Progress = DataOf<typeof events.scanProgressed>;
type Completed = Pick<DataOf<typeof events.scanCompleted>, 'namespace' | 'found'>;

/** Each resolves when there is room for the next. */
export interface ScanSink {
  progress(event: Progress): Promise<void>;
  /** Namespaces whose scans ended since the last time. */
  completed(event: { readonly cluster_id: string; readonly scans: readonly Completed[] }): Promise<void>;
}

/** A scan of many namespaces ends with an event for each, several scans at once report their progress. */
const INTERVAL_MS = 300;
/** Ends that wait for a client without room; one that is further behind is cut and reads the scans anew. */
const WAITING_MAX = 10_000;

/**
 * What happens in the scans of a cluster, until the signal: live, so that only what comes after is sent. Bursts are sent
 * together; of steps that were not sent yet the last stands for all, an end is always sent, or the stream ends.
 */
export async function streamScans(
  bus: Pick<EventBus, 'listen'>,
  clusterId: string,
  sink: ScanSink,
  signal: AbortSignal,
): Promise<void> {
  const over = Promise.withResolvers<void>();
  const ended: Progress[] = [];
  const completed: Completed[] = [];
  let step: Progress | undefined;
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    if (completed.length > 0) await sink.completed({ cluster_id: clusterId, scans: completed.splice(0) });
    const last = step;
    step = undefined;
    if (last !== undefined) await sink.progress(last);
    for (const end of ended.splice(0)) await sink.progress(end);
    timer = undefined;
    if (completed.length + ended.length > 0 || step !== undefined) soon();
  };
  const soon = (): void => {
    if (completed.length + ended.length > WAITING_MAX) over.resolve();
    timer ??= setTimeout(() => void flush(), INTERVAL_MS);
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
  if (signal.aborted) over.resolve();
  else signal.addEventListener('abort', () => over.resolve(), { once: true });
  await over.promise;
  clearTimeout(timer);
  for (const stop of stops) stop();
}
