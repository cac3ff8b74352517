import { withField, type DesiredState } from '@ushadow/deploy-engine';
import { formatObjectId, objectId, objectKey, type KubeObject, type ObjectId } from '@ushadow/kubernetes';
import { isSame, mergeContent, partOf } from './merge-content.ts';
import { claimantOf, withClaimServices, type OwnedEntry } from './owned-entry.ts';
import {
  NO_CONTENT,
  type LeftField,
  type StackContent,
  type StackObjects,
  type StackUpdate,
  type WantedObject,
} from './stack-content.ts';
import { toDesiredState } from './to-desired-state.ts';

/** How a stack gets from its last good content to what is asked for of it. */
export interface Step {
  /** What the stack is to want in the end. */
  readonly next: StackContent;
  /** The part of it that is written now. */
  readonly part: StackObjects;
  readonly desired: DesiredState;
  /** What is ours and is written now, or wanted by nobody any more. */
  readonly inventory: readonly OwnedEntry[];
  /** What is ours and none of this step's business. */
  readonly aside: readonly OwnedEntry[];
  /** One-shots that have run with exactly this content. */
  readonly completed: readonly ObjectId[];
  /** Runs once, beside the content. */
  readonly job: KubeObject | undefined;
  /** What a failure goes back to; undefined for a stack that never was good. */
  readonly back: DesiredState | undefined;
  /** What the stack holds if these services could not go: of their objects those that are still there, by key. */
  readonly holding: (services: readonly string[], there: ReadonlySet<string>) => StackContent;
  /** What the stack wants if only these services get there. */
  readonly only: (services: readonly string[]) => StackContent;
}

/** @param inventory all that is the stack's in its cluster */
export function stepTo(
  good: StackContent | undefined,
  update: StackUpdate,
  inventory: readonly OwnedEntry[],
  options: { readonly isRollback: boolean; readonly deleteClaims: readonly string[] },
): Step {
  const next = mergeContent(good ?? NO_CONTENT, update);
  const own = partOf(next, update.selected);
  const part = update.job === undefined ? own : withJob(own, update.job, update.selected);
  const written = new Set(part.objects.map(({ object }) => objectKey(objectId(object))));
  const wanted = new Set(next.objects.map(({ object }) => objectKey(objectId(object))));
  const leaving = new Set([...update.selected, ...update.gone]);
  const owned = withClaimServices(inventory, next, good);
  const isConcerned = ({ object, services }: OwnedEntry): boolean => {
    const key = objectKey(object);
    if (written.has(key)) return true;
    // What a service has left that this is not about, such as a failed one that was to be kept, is not this step's.
    if (wanted.has(key) || services?.every((service) => leaving.has(service)) !== true) return false;
    return claimantOf(object, next) === undefined || options.deleteClaims.includes(object.name);
  };
  return {
    next,
    part,
    desired: toDesiredState(asLeft(part, update)),
    inventory: owned.filter(isConcerned),
    aside: owned.filter((entry) => !isConcerned(entry)),
    completed: completedJobs(good, part, options.isRollback),
    job: update.job,
    back: good === undefined || isEmpty(good) ? undefined : toDesiredState(wayBack(good, part, update)),
    holding: (services, there) => {
      const gone = update.gone.filter((service) => !services.includes(service));
      const held = new Set(services);
      const content = mergeContent(good ?? NO_CONTENT, { ...update, gone });
      return withoutObjects(content, ({ object, services: users }) => {
        return users.every((service) => held.has(service)) && !there.has(objectKey(objectId(object)));
      });
    },
    only: (services) => mergeContent(good ?? NO_CONTENT, { ...update, selected: services, gone: [] }),
  };
}

/** What is written, with what others have changed and this is to leave as it is. */
function asLeft(part: StackObjects, { left = [] }: StackUpdate): StackObjects {
  if (left.length === 0) return part;
  const isOut = (object: KubeObject): boolean =>
    left.some((each) => each.steps === undefined && each.object === formatObjectId(objectId(object)));
  const objects = part.objects.filter(({ object }) => !isOut(object));
  const keys = new Set(objects.map(({ object }) => objectKey(objectId(object))));
  return {
    ...part,
    objects: objects.map((wanted) => ({ ...wanted, object: left.reduce(withLeft, wanted.object) })),
    dependencies: part.dependencies.filter(({ from, to }) => keys.has(objectKey(from)) && keys.has(objectKey(to))),
  };
}

function withLeft(object: KubeObject, { object: name, steps, value }: LeftField): KubeObject {
  return steps === undefined || name !== formatObjectId(objectId(object)) ? object : withField(object, steps, value);
}

function withJob(part: StackObjects, job: KubeObject, services: readonly string[]): StackObjects {
  return { ...part, objects: [...part.objects, { object: job, services }] };
}

/** Nothing runs: it was removed, or never deployed. */
export function isEmpty({ services }: StackContent): boolean {
  return Object.keys(services).length === 0;
}

function withoutObjects(content: StackContent, isOut: (wanted: WantedObject) => boolean): StackContent {
  const objects = content.objects.filter((wanted) => !isOut(wanted));
  const keys = new Set(objects.map(({ object }) => objectKey(objectId(object))));
  return {
    ...content,
    objects,
    dependencies: content.dependencies.filter(({ from }) => keys.has(objectKey(from))),
    sourceMap: content.sourceMap.filter(({ object }) => keys.has(objectKey(object))),
  };
}

/** What of the last good content a failure of this part puts back. */
function wayBack(good: StackContent, part: StackObjects, { selected, gone }: StackUpdate): StackObjects {
  const changed = new Set(part.objects.map(({ object }) => objectKey(objectId(object))));
  const services = new Set([...selected, ...gone]);
  const objects = good.objects.filter(
    ({ object, services: users }) =>
      changed.has(objectKey(objectId(object))) || users.some((service) => services.has(service)),
  );
  const keys = new Set(objects.map(({ object }) => objectKey(objectId(object))));
  return {
    ...good,
    objects,
    dependencies: good.dependencies.filter(({ from }) => keys.has(objectKey(from))),
    sourceMap: [],
  };
}

/** A Job runs again only when its own content changes; a rollback never runs one. */
function completedJobs(good: StackContent | undefined, part: StackObjects, isRollback: boolean): ObjectId[] {
  const known = new Map(good?.objects.map(({ object }) => [objectKey(objectId(object)), object]));
  return part.objects.flatMap(({ object }) => {
    if (object.kind !== 'Job') return [];
    const before = known.get(objectKey(objectId(object)));
    return isRollback || (before !== undefined && isSame(before, object)) ? [objectId(object)] : [];
  });
}
