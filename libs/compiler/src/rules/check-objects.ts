import { formatObjectId, objectKey, objectId } from '@ushadow/kubernetes';
import type { Report } from '../diagnostics/reporter.ts';
import type { EmittedObject } from '../emit/emit-objects.ts';
import type { KubeVersion } from '../validate/schema/kube-version.ts';
import { validateObjects } from '../validate/validate-objects.ts';

/** What the API server of that version would refuse, said at the Compose line it comes from. */
export function checkObjects(emitted: readonly EmittedObject[], version: KubeVersion, report: Report): void {
  const byKey = new Map(emitted.map((item) => [objectKey(objectId(item.object)), item]));
  for (const { object, pointer, message } of validateObjects(
    emitted.map((item) => item.object),
    version,
  )) {
    const item = byKey.get(objectKey(object));
    const path = sourceOf(item, pointer);
    report('CMP1201', path, { object: formatObjectId(object), pointer, message });
  }
}

/** The Compose node that a field of an object comes from. */
export function sourceOf(item: EmittedObject | undefined, pointer: string): string {
  if (item?.patchedBy !== undefined) return item.patchedBy;
  const above = (item?.sources ?? []).filter(
    (source) => pointer === source.pointer || pointer.startsWith(`${source.pointer}/`),
  );
  return above.reduce((best, source) => (source.pointer.length >= best.pointer.length ? source : best), {
    pointer: '',
    path: '',
  }).path;
}
