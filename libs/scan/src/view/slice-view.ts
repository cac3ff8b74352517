import { valueAt } from '@ushadow/kubernetes/json';
import { keptOf, listAt, textAt } from './read-json.ts';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** What a scan keeps of an EndpointSlice. */
export interface SliceView {
  readonly namespace: string;
  readonly service: string;
  readonly ready: boolean;
  /** Names of the pods behind it and of the nodes where they are ready. */
  readonly pods: readonly string[];
  readonly nodes: readonly string[];
}

/** Undefined for a slice that belongs to no Service. */
export function readSlice(slice: unknown): SliceView | undefined {
  const service = textAt(slice, 'metadata', 'labels', SERVICE_LABEL);
  if (service === undefined) return undefined;
  const endpoints = listAt(slice, 'endpoints');
  // Absent means unknown, and the API asks to take unknown as ready (discovery.k8s.io/v1).
  const ready = endpoints.filter((one) => valueAt(one, ['conditions', 'ready']) !== false);
  const pods = endpoints.filter((one) => textAt(one, 'targetRef', 'kind') === 'Pod');
  return {
    namespace: textAt(slice, 'metadata', 'namespace') ?? '',
    service,
    ready: ready.length > 0,
    pods: keptOf(pods, (one) => textAt(one, 'targetRef', 'name')),
    nodes: keptOf(ready, (one) => textAt(one, 'nodeName')),
  };
}
