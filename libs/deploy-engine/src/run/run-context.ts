import type { CallOptions, Clock } from '@ushadow/kubernetes';
import type { CancelSource } from '../cancel-source.ts';
import type { ClusterPort } from '../cluster.port.ts';
import type { Emit, Stage } from '../deploy-event.ts';
import type { Settings } from '../deploy-options.ts';
import type { Checkpoint } from '../checkpoint.ts';

/** What every step of one run shares. */
export interface RunContext {
  readonly cluster: ClusterPort;
  readonly settings: Settings;
  readonly clock: Clock;
  /** Everything stops at once. */
  readonly signal: CancelSource;
  /** The run ends at its next step boundary. */
  readonly ending: CancelSource;
  /** A rollback ends at its next step boundary as well. */
  readonly leaving: CancelSource;
  readonly emit: Emit;
  /**
   * Resolves when the caller has stored all events so far, or the run is cancelled. What a next worker must know of
   * is emitted and awaited before it is done.
   */
  readonly recorded: () => Promise<void>;
  /** Milliseconds since the epoch; deadlines count from here. */
  readonly startedAt: number;
  readonly resumeFrom: Checkpoint | undefined;
}

export function callOptions({ signal, emit }: RunContext): CallOptions {
  return { signal, onRetry: (notice) => emit({ type: 'retry', notice }) };
}

/** For calls that change nothing: they need not be waited for when the run is to end. */
export function readOptions({ ending, emit }: RunContext): CallOptions {
  return { signal: ending, onRetry: (notice) => emit({ type: 'retry', notice }) };
}

/** Runs a step between its start and end events. */
export async function inStage<T>(context: RunContext, stage: Stage, work: () => Promise<T>): Promise<T> {
  const { clock, emit } = context;
  const startedAt = clock.now();
  emit({ type: 'stage.started', stage });
  try {
    return await work();
  } finally {
    emit({ type: 'stage.ended', stage, ms: clock.now() - startedAt });
  }
}
