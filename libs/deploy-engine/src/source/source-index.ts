import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { objectId, objectKey, groupBy } from '@ushadow/kubernetes';
import type { SourcePlace } from '@ushadow/diagnose';
import type { FieldSource } from '../desired-state.ts';
import { pointersOf } from './field-path.ts';

/** Finds where the fields of objects were written down. */
export class SourceIndex {
  readonly #objects: ReadonlyMap<string, KubeObject>;
  readonly #sources: ReadonlyMap<string, readonly FieldSource[]>;

  constructor(objects: readonly KubeObject[], sources: readonly FieldSource[]) {
    this.#objects = new Map(objects.map((object) => [objectKey(objectId(object)), object]));
    this.#sources = groupBy(sources, ({ object }) => objectKey(object));
  }

  /** Where a field comes from, or the nearest thing around it; several places where a path means several items. */
  places(id: ObjectId, fieldPath = ''): SourcePlace[] {
    const key = objectKey(id);
    const object = this.#objects.get(key);
    const sources = this.#sources.get(key);
    if (object === undefined || sources === undefined) return [];
    const found = pointersOf(object, fieldPath).flatMap((pointer) => nearest(sources, pointer) ?? []);
    return [...new Set(found)].map(({ object: _object, pointer: _pointer, ...place }) => place);
  }
}

/** The longest pointer that is the place itself or holds it. */
function nearest(sources: readonly FieldSource[], pointer: string): FieldSource | undefined {
  return sources
    .filter((source) => pointer === source.pointer || pointer.startsWith(`${source.pointer}/`))
    .reduce<FieldSource | undefined>((best, next) => {
      // Of equal ones the later was emitted further inside.
      return best === undefined || next.pointer.length >= best.pointer.length ? next : best;
    }, undefined);
}
