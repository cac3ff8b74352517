import { listAt, textAt } from './read-json.ts';
import { valueAt } from '@ushadow/kubernetes';

const SERVICE_LABEL = 'kubernetes.io/service-name';

/** `namespace/service` → whether an endpoint is ready. Services without a slice are not in it. */
export function readinessByService(slices: readonly unknown[]): ReadonlyMap<string, boolean> {
  const ready = new Map<string, boolean>();
  for (const slice of slices) {
    const service = textAt(slice, 'metadata', 'labels', SERVICE_LABEL);
    if (service === undefined) continue;
    const key = `${textAt(slice, 'metadata', 'namespace') ?? ''}/${service}`;
    // Absent means unknown, and the API asks to take unknown as ready (discovery.k8s.io/v1).
    const isReady = listAt(slice, 'endpoints').some((one) => valueAt(one, ['conditions', 'ready']) !== false);
    ready.set(key, (ready.get(key) ?? false) || isReady);
  }
  return ready;
}
