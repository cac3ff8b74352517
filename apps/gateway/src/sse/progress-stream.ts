import { DomainError, events, operations, type DeploymentData, type ProgressEventData } from '@ushadow/contracts';
import type { EventBus, RpcCaller } from '@ushadow/messaging';

/** Each resolves when there is room for the next. */
export interface StreamSink {
  progress(event: ProgressEventData): Promise<void>;
  end(deployment: DeploymentData): Promise<void>;
}

export interface ProgressParts {
  readonly caller: Pick<RpcCaller, 'call'>;
  readonly bus: Pick<EventBus, 'listen'>;
  readonly sink: StreamSink;
  readonly signal: AbortSignal;
  /** Events read at once, and live ones held while the client is slow. */
  readonly eventsMax: number;
}

/** With the bus's live events lost, the table is asked this often. */
const CATCH_UP_MS = 5_000;
const RETRY_MS = 1_000;
const FINAL = new Set<DeploymentData['status']>(['succeeded', 'failed', 'unknown', 'cancelled', 'superseded']);

/**
 * Sends every progress event of a deployment after `lastSequence`, once and in order, and ends after the verdict.
 * The table is the truth; a live event only says that there is more to read, or is the next one itself. Nothing is read
 * for a client that has no room, and live events beyond the limit are dropped, since the table has them.
 */
export async function streamProgress(parts: ProgressParts, deploymentId: string, lastSequence: number): Promise<void> {
  const { caller, bus, sink, signal, eventsMax } = parts;
  const live = new Map<number, ProgressEventData>();
  const changed = new AutoResetEvent();
  const stopListening = bus.listen(events.deploymentProgressed, deploymentId, (event) => {
    if (live.size < eventsMax) live.set(event.sequence, event);
    changed.set();
  });
  const onAbort = (): void => {
    changed.set();
  };
  signal.addEventListener('abort', onAbort);
  let sent = lastSequence;
  const send = async (event: ProgressEventData): Promise<void> => {
    if (event.sequence <= sent || signal.aborted) return;
    sent = event.sequence;
    await sink.progress(event);
  };
  /** Sends what the table has; gives the deployment when that was all there will be, else waits for more. */
  const readOn = async (): Promise<DeploymentData | undefined> => {
    const page = await caller.call(operations.listDeploymentEvents, {
      deployment_id: deploymentId,
      after: sent,
      limit: eventsMax,
    });
    for (const event of page.events) await send(event);
    // Of one that ended long ago the last events may be gone.
    if (sent < page.last_sequence && page.events.length > 0) return undefined;
    if (FINAL.has(page.status)) return caller.call(operations.getDeployment, { deployment_id: deploymentId });
    await changed.wait(CATCH_UP_MS);
    return undefined;
  };
  /** A deployer that is away for a while must not end the stream. */
  const waitOut = async (error: unknown): Promise<undefined> => {
    if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
    await changed.wait(RETRY_MS);
  };
  try {
    while (!signal.aborted) {
      // Nothing is sent to who has been cut, and then `sent` stands still.
      for (let next = live.get(sent + 1); next !== undefined && !signal.aborted; next = live.get(sent + 1))
        await send(next);
      live.clear();
      const ended = await readOn().catch(waitOut);
      if (ended === undefined) continue;
      // Who has been cut meanwhile has not seen all, and comes back for the rest.
      if (!signal.aborted) await sink.end(ended);
      return;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    stopListening();
  }
}

/** Resolves its one waiter when it is set; what is set while nobody waits is kept. */
class AutoResetEvent {
  private isSet = false;
  private resume: (() => void) | undefined;

  set(): void {
    this.isSet = true;
    this.resume?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.isSet) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.isSet = false;
    this.resume = undefined;
  }
}
