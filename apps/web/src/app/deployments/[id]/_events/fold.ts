import type { ProgressEventData, VerdictData } from '@ushadow/contracts';
import { dataOf, objectName, type CauseData } from './event-data.ts';
import type { Ending, LogTail, ObjectProgress, Progress, ServiceProgress, StageProgress } from './progress.ts';

/** What is known of a deployment beside its events. */
export interface Outline {
  /** The services it is about, in the order they are shown. */
  readonly services: readonly string[];
  /** Its objects, each with the services that want it. */
  readonly objects: ReadonlyMap<string, readonly string[]>;
}

/**
 * Adds up events one by one. An event costs what it changes: the entries of the services that want its object. The entries of
 * all others stay the same objects, so that their rows are not drawn again.
 */
export class Fold {
  private readonly outline: Outline;
  private readonly names: readonly (string | null)[];
  private readonly places: ReadonlyMap<string | null, number>;
  private services: readonly ServiceProgress[];
  private stages: readonly StageProgress[] = [];
  private readonly causes = new Map<string, CauseData>();
  private readonly logs = new Map<string, LogTail>();
  private shownCauses: readonly CauseData[] = [];
  private shownLogs: readonly LogTail[] = [];
  private ending: Ending | null = null;
  private verdict: VerdictData | null = null;

  constructor(outline: Outline) {
    this.outline = outline;
    this.names = [...outline.services, null];
    this.places = new Map(this.names.map((name, index) => [name, index]));
    this.services = this.names.map((service) => ({ service, objects: [] }));
    for (const name of outline.objects.keys()) this.note(name, {});
  }

  take(event: ProgressEventData): void {
    this.takeStage(event);
    this.takeObject(event);
    this.takeCause(event);
    const ending = dataOf(event, 'ending.requested');
    if (ending !== null) this.ending = { ...ending, time: event.time };
    if (event.type === 'verdict') this.verdict = dataOf(event, 'verdict') ?? unreadVerdict(event.message);
  }

  get progress(): Progress {
    const { stages, services, ending, verdict } = this;
    return { stages, services, causes: this.shownCauses, logs: this.shownLogs, ending, verdict };
  }

  private takeStage(event: ProgressEventData): void {
    const started = dataOf(event, 'stage.started');
    if (started !== null) {
      const stage = { stage: started.stage, attempt: event.attempt, startedAt: event.time, ms: null };
      this.stages = [...this.stages, stage];
    }
    const ended = dataOf(event, 'stage.ended');
    if (ended === null) return;
    const at = this.stages.findLastIndex((entry) => entry.stage === ended.stage && entry.ms === null);
    const stage = this.stages[at];
    if (stage !== undefined) this.stages = this.stages.with(at, { ...stage, ms: ended.ms });
  }

  private takeObject(event: ProgressEventData): void {
    const planned = dataOf(event, 'object.planned');
    if (planned !== null) this.note(objectName(planned.object), { action: planned.action });
    const applied = dataOf(event, 'object.applied');
    if (applied !== null) this.note(objectName(applied.object), { outcome: applied.outcome });
    const seen = dataOf(event, 'object.status');
    if (seen !== null) this.note(objectName(seen.object), { state: seen.state, message: seen.message });
    const deleted = dataOf(event, 'object.deleted');
    if (deleted === null) return;
    this.note(objectName(deleted.object), { outcome: 'deleted', state: null, message: deleted.reason });
  }

  private takeCause(event: ProgressEventData): void {
    const raised = dataOf(event, 'cause.raised');
    if (raised !== null) this.causes.set(raised.cause.id, raised.cause);
    const cleared = dataOf(event, 'cause.cleared');
    if (cleared !== null) this.causes.delete(cleared.id);
    if (raised !== null || cleared !== null) this.shownCauses = [...this.causes.values()];
    const tail = dataOf(event, 'log');
    if (tail === null) return;
    const object = objectName(tail.object);
    this.logs.set(`${object} ${tail.container}`, { object, container: tail.container, lines: tail.lines });
    this.shownLogs = [...this.logs.values()];
  }

  private note(name: string, part: Partial<ObjectProgress>): void {
    const wanted = this.outline.objects.get(name)?.filter((service) => this.places.has(service)) ?? [];
    for (const service of wanted.length === 0 ? [null] : wanted) this.noteIn(service, name, part);
  }

  private noteIn(service: string | null, name: string, part: Partial<ObjectProgress>): void {
    const place = this.places.get(service);
    const entry = place === undefined ? undefined : this.services[place];
    if (place === undefined || entry === undefined) return;
    const at = entry.objects.findIndex((object) => object.name === name);
    const before = entry.objects[at];
    const object = { ...(before ?? untouched(name)), ...part };
    const objects = before === undefined ? [...entry.objects, object] : entry.objects.with(at, object);
    this.services = this.services.with(place, { service, objects });
  }
}

function untouched(name: string): ObjectProgress {
  return { name, action: null, outcome: null, state: null, message: '' };
}

/** Of an event whose data this page cannot read: what its words say, and no more. */
function unreadVerdict(reason: string): VerdictData {
  return { status: 'unknown', code: null, reason, object: null, remedy: null };
}
