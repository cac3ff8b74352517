import type { KubeObject } from '@ushadow/kubernetes';
import { groupBy } from '../group-by.ts';
import { numberAt, textAt } from '../readiness/fields.ts';
import type { ClusterView } from '../watch/cluster-view.ts';

/** A Kubernetes event, reduced to what matters here. */
export interface EventFact {
  readonly reason: string;
  readonly message: string;
  readonly count: number;
  /** Container it speaks of, from the field path. */
  readonly container: string;
}

/** Events by the uid of what they are about. */
export type EventIndex = ReadonlyMap<string, readonly EventFact[]>;

export function indexEvents(view: ClusterView): EventIndex {
  return groupBy(view.ofKind('Event').map(readEvent), ({ uid }) => uid);
}

export function eventsOf(index: EventIndex, object: KubeObject): readonly EventFact[] {
  return index.get(object.metadata.uid ?? '') ?? [];
}

function readEvent(event: KubeObject): EventFact & { readonly uid: string } {
  const fieldPath = textAt(event, ['involvedObject', 'fieldPath']);
  const series = numberAt(event, ['series', 'count']);
  return {
    uid: textAt(event, ['involvedObject', 'uid']),
    reason: textAt(event, ['reason']),
    message: textAt(event, ['message']),
    count: Math.max(series, numberAt(event, ['count'], 1)),
    container: /\{(.+)\}/.exec(fieldPath)?.[1] ?? '',
  };
}
