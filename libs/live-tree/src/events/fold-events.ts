import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt } from '@ushadow/kubernetes';

/** An event as people see it: what is said of one object again and again is one. */
export interface FoldedEvent {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  /** `Kind/namespace/name` of what it is about. */
  readonly object: string;
  /** Container that it is about; null: the object as a whole. */
  readonly container: string | null;
  readonly count: number;
  /** RFC 3339; null where nobody says. */
  readonly first: string | null;
  readonly last: string | null;
}

/** Newest first, and no more than `max`. */
export function foldEvents(events: Iterable<KubeObject>, max: number): FoldedEvent[] {
  const folded = new Map<string, FoldedEvent>();
  for (const event of events) {
    const one = readEvent(event);
    const key = JSON.stringify([one.object, one.container, one.type, one.reason, one.message]);
    const known = folded.get(key);
    folded.set(key, known === undefined ? one : joined(known, one));
  }
  return [...folded.values()].sort(newestFirst).slice(0, max);
}

function readEvent(event: KubeObject): FoldedEvent {
  const about = (field: string): string => textAt(event, ['involvedObject', field]);
  const eventTime = textAt(event, ['eventTime']) || event.metadata.creationTimestamp || null;
  const last = textAt(event, ['series', 'lastObservedTime']) || textAt(event, ['lastTimestamp']) || eventTime;
  return {
    type: textAt(event, ['type']) || 'Normal',
    reason: textAt(event, ['reason']),
    message: textAt(event, ['message']).trim(),
    object: [about('kind'), about('namespace'), about('name')].filter((part) => part !== '').join('/'),
    container: /\{(.+)\}/.exec(about('fieldPath'))?.[1] ?? null,
    count: Math.max(1, numberAt(event, ['series', 'count']), numberAt(event, ['count'])),
    first: textAt(event, ['firstTimestamp']) || eventTime,
    last,
  };
}

function joined(a: FoldedEvent, b: FoldedEvent): FoldedEvent {
  return {
    ...a,
    count: a.count + b.count,
    first: timeOf(b.first) < timeOf(a.first) ? b.first : a.first,
    last: timeOf(b.last) > timeOf(a.last) ? b.last : a.last,
  };
}

function newestFirst(a: FoldedEvent, b: FoldedEvent): number {
  return (
    timeOf(b.last) - timeOf(a.last) ||
    compare(a.object, b.object) ||
    compare(a.reason, b.reason) ||
    compare(a.message, b.message)
  );
}

/** What has no time is oldest. */
function timeOf(text: string | null): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
