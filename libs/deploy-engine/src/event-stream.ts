import type { CancelSource } from './cancel-source.ts';
import type { DeployResult } from './deploy-result.ts';
import type { DeployEvent } from './deploy-event.ts';
import type { EventChannel } from './event-channel.ts';

/**
 * Yields what a run reports until it ends, then gives its result. Ending the iteration early cancels the run and waits for
 * its calls to end. What the run itself throws is thrown at the end.
 */
export async function* eventStream<E, R>(
  work: () => Promise<R>,
  channel: EventChannel<E>,
  signal: CancelSource,
): AsyncGenerator<readonly E[], R, undefined> {
  const running = work().finally(() => channel.close());
  // A failure of the run itself is thrown when it is awaited below.
  running.catch(() => undefined);
  try {
    yield* channel.drain();
  } finally {
    signal.cancel();
    // Whoever leaves early may rely on it that nothing is under way any more.
    await running.catch(() => undefined);
  }
  return running;
}
/**
 * A run under way: it yields events in the batches in which they come, none of them empty, and returns the result. Each
 * batch should be stored before the next is asked for. Ending the iteration early cancels the run and waits for its calls.
 */
export type DeployRun = AsyncGenerator<readonly DeployEvent[], DeployResult, undefined>;
