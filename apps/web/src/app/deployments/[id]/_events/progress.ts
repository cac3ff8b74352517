import type { VerdictData } from '@ushadow/contracts';
import type { CauseData, EventDataOf } from './event-data.ts';

export interface StageProgress {
  readonly stage: string;
  /** Grows when another worker takes the deployment over. */
  readonly attempt: number;
  readonly startedAt: string;
  /** Null while it runs, and when it was left unfinished. */
  readonly ms: number | null;
}

export interface ObjectProgress {
  /** `Kind/namespace/name` */
  readonly name: string;
  /** What the plan wants, for example `create`. */
  readonly action: string | null;
  /** What was done, for example `created`. */
  readonly outcome: string | null;
  /** What was last seen, for example `progressing`. */
  readonly state: string | null;
  readonly message: string;
}

export interface ServiceProgress {
  /** Null for what belongs to no service alone: a namespace, what goes. */
  readonly service: string | null;
  readonly objects: readonly ObjectProgress[];
}

export interface LogTail {
  readonly object: string;
  readonly container: string;
  readonly lines: readonly string[];
}

/** Somebody wants it to end early: by a cancel, or for a newer deployment. */
export interface Ending extends EventDataOf<'ending.requested'> {
  readonly time: string;
}

/** What the page shows of a deployment, made from its events alone: live and replayed it is the same. */
export interface Progress {
  readonly stages: readonly StageProgress[];
  /** In the deployment's order; those of no service come last. An entry is a new one only when something in it changed. */
  readonly services: readonly ServiceProgress[];
  /** What stands in the way now. */
  readonly causes: readonly CauseData[];
  readonly logs: readonly LogTail[];
  /** The last request to end it; null when there was none. */
  readonly ending: Ending | null;
  /** How it ended; null while it runs. */
  readonly verdict: VerdictData | null;
}

export type StageState = 'running' | 'done' | 'failed' | 'stopped';

/** How each stage stands. What failed is the last one before the roll-back; what was left unfinished has stopped. */
export function stageStates({ stages, verdict }: Progress): StageState[] {
  const failedIndex = verdict?.status === 'failed' ? stages.findLastIndex(({ stage }) => stage !== 'rollback') : -1;
  return stages.map(({ ms }, index) => {
    if (index === failedIndex) return 'failed';
    if (ms !== null) return 'done';
    return verdict === null && index === stages.length - 1 ? 'running' : 'stopped';
  });
}
