import { formatObjectId, objectKey, objectId } from '@ushadow/kubernetes';
import type { Report } from '../diagnostics/reporter.ts';
import type { EmittedObject } from '../emit/emit-objects.ts';
import type { KubeVersion } from '@ushadow/kubernetes-schema';
import { validateObjects } from '@ushadow/kubernetes-schema';
import { nearestSource } from './nearest-source.ts';

/** What the API server of that version would refuse, said at the Compose line it comes from. */
export function checkObjects(emitted: readonly EmittedObject[], version: KubeVersion, report: Report): void {
  const byKey = new Map(emitted.map((item) => [objectKey(objectId(item.object)), item]));
  for (const { object, pointer, message } of validateObjects(
    emitted.map((item) => item.object),
    version,
  )) {
    const item = byKey.get(objectKey(object));
    const path = item?.patchedBy ?? nearestSource(item, pointer);
    report('CMP1201', path, { object: formatObjectId(object), pointer, message });
  }
}
