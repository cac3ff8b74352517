import type { ProgressEventData } from '@ushadow/contracts';
import { dataOf, objectName, type CauseData, type EventDataOf } from './event-data.ts';
import type { EventLog } from './event-log.ts';

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
  readonly objects: readonly ObjectProgress[];
  /** What stands in the way now. */
  readonly causes: readonly CauseData[];
  readonly logs: readonly LogTail[];
  /** The last wish to end it; null when there was none. */
  readonly ending: Ending | null;
  /** How it ended; null while it runs. */
  readonly verdict: string | null;
}

/** `objects` are those the deployment lists; they come first and in this order. */
export function progressOf(log: EventLog, objects: readonly string[]): Progress {
  const draft = new Draft(objects);
  for (const event of log) draft.take(event);
  return draft.done();
}

export type StageState = 'running' | 'done' | 'failed' | 'stopped';

/** How each stage stands. What failed is the last one before the roll-back; what was left unfinished has stopped. */
export function stageStates({ stages, verdict }: Progress): StageState[] {
  const culprit = verdict === 'failed' ? stages.findLastIndex(({ stage }) => stage !== 'rollback') : -1;
  return stages.map(({ ms }, index) => {
    if (index === culprit) return 'failed';
    if (ms !== null) return 'done';
    return verdict === null && index === stages.length - 1 ? 'running' : 'stopped';
  });
}

class Draft {
  private readonly stages: StageProgress[] = [];
  private readonly objects: Map<string, ObjectProgress>;
  private readonly causes = new Map<string, CauseData>();
  private readonly logs = new Map<string, LogTail>();
  private ending: Ending | null = null;
  private verdict: string | null = null;

  constructor(objects: readonly string[]) {
    this.objects = new Map(objects.map((name) => [name, untouched(name)]));
  }

  take(event: ProgressEventData): void {
    this.takeStage(event);
    this.takeObject(event);
    this.takeCause(event);
    const ending = dataOf(event, 'ending.requested');
    if (ending !== null) this.ending = { ...ending, time: event.time };
    if (event.type === 'verdict') this.verdict = dataOf(event, 'verdict')?.status ?? 'unknown';
  }

  done(): Progress {
    const { stages, ending, verdict } = this;
    return {
      stages,
      ending,
      verdict,
      objects: [...this.objects.values()],
      causes: [...this.causes.values()],
      logs: [...this.logs.values()],
    };
  }

  private takeStage(event: ProgressEventData): void {
    const started = dataOf(event, 'stage.started');
    if (started !== null) {
      this.stages.push({ stage: started.stage, attempt: event.attempt, startedAt: event.time, ms: null });
    }
    const ended = dataOf(event, 'stage.ended');
    if (ended === null) return;
    const at = this.stages.findLastIndex((entry) => entry.stage === ended.stage && entry.ms === null);
    const stage = this.stages[at];
    if (stage !== undefined) this.stages[at] = { ...stage, ms: ended.ms };
  }

  private takeObject(event: ProgressEventData): void {
    const planned = dataOf(event, 'object.planned');
    if (planned !== null) this.note(objectName(planned.object), { action: planned.action });
    const applied = dataOf(event, 'object.applied');
    if (applied !== null) this.note(objectName(applied.object), { outcome: applied.outcome });
    const seen = dataOf(event, 'object.status');
    if (seen !== null) this.note(objectName(seen.object), { state: seen.state, message: seen.message });
    const deleted = dataOf(event, 'object.deleted');
    if (deleted !== null) {
      this.note(objectName(deleted.object), { outcome: 'deleted', state: null, message: deleted.reason });
    }
  }

  private takeCause(event: ProgressEventData): void {
    const raised = dataOf(event, 'cause.raised');
    if (raised !== null) this.causes.set(raised.cause.id, raised.cause);
    const cleared = dataOf(event, 'cause.cleared');
    if (cleared !== null) this.causes.delete(cleared.id);
    const tail = dataOf(event, 'log');
    if (tail === null) return;
    const object = objectName(tail.object);
    this.logs.set(`${object} ${tail.container}`, { object, container: tail.container, lines: tail.lines });
  }

  private note(name: string, part: Partial<ObjectProgress>): void {
    this.objects.set(name, { ...(this.objects.get(name) ?? untouched(name)), ...part });
  }
}

function untouched(name: string): ObjectProgress {
  return { name, action: null, outcome: null, state: null, message: '' };
}
