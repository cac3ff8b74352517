import type { DriftData, DriftedObjectData, DriftSummaryData } from '@ushadow/contracts';
import type { Drift, DriftedField, DriftedObject } from '@ushadow/deploy-engine';
import { formatObjectId, objectId } from '@ushadow/kubernetes';
import type { StackContent } from '../content/stack-content.ts';
import type { FoundDrift, StoredDrift } from './drift.ts';

/** As many are kept and answered. */
const OBJECTS_MAX = 200;
const FIELDS_MAX = 50;

/** What was found as it is kept, with the services that want each object. */
export function toFound(
  { checked, drifted, unseen }: Drift,
  { content, revision }: { readonly content: StackContent; readonly revision: number },
  mask: (text: string) => string,
): FoundDrift {
  const users = new Map(content.objects.map(({ object, services }) => [formatObjectId(objectId(object)), services]));
  const objects = drifted.slice(0, OBJECTS_MAX).map((each) => toObject(each, users, mask));
  return { revision, checked, count: drifted.length, objects, unseen };
}

function toObject(
  { object, state, reason, fields }: DriftedObject,
  users: ReadonlyMap<string, readonly string[]>,
  mask: (text: string) => string,
): DriftedObjectData {
  const name = formatObjectId(object);
  return {
    object: name,
    services: [...(users.get(name) ?? [])],
    state,
    reason: reason === undefined ? null : mask(reason),
    fields: fields.slice(0, FIELDS_MAX).map((field) => toField(field, mask)),
  };
}

function toField(
  { path, change, wanted, live, manager, since }: DriftedField,
  mask: (text: string) => string,
): DriftedObjectData['fields'][number] {
  return {
    path,
    change,
    wanted: wanted === undefined ? null : mask(wanted),
    live: live === undefined ? null : mask(live),
    manager: manager ?? null,
    since: since === undefined ? null : new Date(since).toISOString(),
  };
}

/** @param revision the last good one; what was compared with another one says nothing of it */
export function toDrift(stackId: string, stored: StoredDrift | undefined, revision: number | undefined): DriftData {
  const summary = toSummary(stored, revision);
  const known = stored?.revision === revision ? stored : undefined;
  return {
    ...summary,
    stack_id: stackId,
    revision: stored?.revision ?? null,
    checked: known?.checked ?? 0,
    objects: [...(known?.objects ?? [])],
    unseen: [...(known?.unseen ?? [])],
  };
}

export function toSummary(stored: StoredDrift | undefined, revision: number | undefined): DriftSummaryData {
  const checkedAt = stored?.checkedAt.toISOString() ?? null;
  // A deployment has brought all of it to where it is to be; what had drifted before may have drifted again.
  if (stored === undefined || (stored.revision !== revision && stored.count > 0))
    return { state: 'unknown', checked_at: checkedAt, since: null, count: 0 };
  // Who may not look at everything cannot say that nothing has drifted.
  if (stored.count === 0 && stored.unseen.length > 0)
    return { state: 'unknown', checked_at: checkedAt, since: null, count: 0 };
  if (stored.revision !== revision || stored.count === 0)
    return { state: 'none', checked_at: checkedAt, since: null, count: 0 };
  return { state: 'drifted', checked_at: checkedAt, since: stored.since?.toISOString() ?? null, count: stored.count };
}
