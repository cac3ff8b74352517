import type { KubeObject } from '@ushadow/kubernetes';
import { numberAt, textAt } from '@ushadow/kubernetes';

/** A Kubernetes event, reduced to what matters here. */
export interface EventFact {
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** Milliseconds since the epoch on the cluster's clock; Infinity where it does not say. */
  readonly seenAt: number;
  /** Container it speaks of, from the field path. */
  readonly container: string;
}

/** With the uid of what it is about. */
export function readEvent(event: KubeObject): EventFact & { readonly uid: string } {
  const fieldPath = textAt(event, ['involvedObject', 'fieldPath']);
  const series = numberAt(event, ['series', 'count']);
  return {
    uid: textAt(event, ['involvedObject', 'uid']),
    reason: textAt(event, ['reason']),
    message: textAt(event, ['message']),
    seenAt: timeOf(event),
    count: Math.max(series, numberAt(event, ['count'], 1)),
    container: /\{(.+)\}/.exec(fieldPath)?.[1] ?? '',
  };
}

function timeOf(event: KubeObject): number {
  const text =
    textAt(event, ['series', 'lastObservedTime']) || textAt(event, ['lastTimestamp']) || textAt(event, ['eventTime']);
  const time = Date.parse(text);
  return Number.isNaN(time) ? Infinity : time;
}
