import type { KubeObject } from '../object.ts';
import { textAt, valueAt } from '../json.ts';

/** An event as people see it. Times are RFC 3339, or null where unknown. */
export interface EventSummary {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  readonly firstTimestamp: string | null;
  readonly lastTimestamp: string | null;
}

/** Newest first. */
export function summariseEvents(events: readonly KubeObject[]): EventSummary[] {
  return events.map(summarise).sort((a, b) => compare(b.lastTimestamp ?? '', a.lastTimestamp ?? ''));
}

function summarise(event: KubeObject): EventSummary {
  const eventTime = textAt(event, ['eventTime']) || null;
  const count = valueAt(event, ['count']) ?? valueAt(event, ['series', 'count']);
  return {
    type: textAt(event, ['type']),
    reason: textAt(event, ['reason']),
    message: textAt(event, ['message']),
    count: typeof count === 'number' ? count : 1,
    firstTimestamp: textAt(event, ['firstTimestamp']) || eventTime,
    lastTimestamp: textAt(event, ['lastTimestamp']) || textAt(event, ['series', 'lastObservedTime']) || eventTime,
  };
}

function compare(a: string, b: string): number {
  return Date.parse(a || '1970-01-01') - Date.parse(b || '1970-01-01');
}
