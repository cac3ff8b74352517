import type { KubeObject, ObjectId } from '@ushadow/kubernetes';
import { inApplyOrder, objectId, objectKey } from '@ushadow/kubernetes';
import { compareObjects } from '../apply/compare.ts';
import { Redactor } from '../redact.ts';
import type { FieldChange } from './plan.ts';

/** An object that is not the same in two contents. */
export interface ObjectDifference {
  readonly object: ObjectId;
  readonly change: 'added' | 'removed' | 'changed';
  /** Empty for an object that only one of them has. Fit to show, as in a plan. */
  readonly changes: readonly FieldChange[];
}

/**
 * What differs between two wishes, without any cluster, in the order in which objects are applied. The order of their
 * objects makes no difference. Of values of Secrets it is only said that they differ.
 *
 * @param also a further redaction of the caller's
 */
export function compareContents(
  before: readonly KubeObject[],
  after: readonly KubeObject[],
  also?: (text: string) => string,
): ObjectDifference[] {
  const redactor = new Redactor([...before, ...after], also);
  const known = new Map(before.map((object) => [objectKey(objectId(object)), object]));
  const wanted = new Set(after.map((object) => objectKey(objectId(object))));
  const gone = before.filter((object) => !wanted.has(objectKey(objectId(object))));
  return inApplyOrder([...after, ...gone], objectId).flatMap((object): ObjectDifference[] => {
    const id = objectId(object);
    const key = objectKey(id);
    const old = known.get(key);
    if (!wanted.has(key)) return [{ object: id, change: 'removed', changes: [] }];
    if (old === undefined) return [{ object: id, change: 'added', changes: [] }];
    const { changes } = compareObjects(old, object, (value) => redactor.deep(value));
    return changes.length === 0 ? [] : [{ object: id, change: 'changed', changes }];
  });
}
