import type { EmittedObject } from '../emit/emit-objects.ts';

/** The Compose node that a field of an object comes from, or what the nearest field above it comes from. */
export function nearestSource(item: Pick<EmittedObject, 'sources'> | undefined, pointer: string): string {
  const above = (item?.sources ?? []).filter(
    (source) => pointer === source.pointer || pointer.startsWith(`${source.pointer}/`),
  );
  return above.reduce((best, source) => (source.pointer.length >= best.pointer.length ? source : best), {
    pointer: '',
    path: '',
  }).path;
}
