import type { OverrideData } from '@ushadow/contracts';
import {
  canonicalJson,
  formatObjectId,
  objectId,
  objectKey,
  type JsonValue,
  type KubeObject,
  type ObjectId,
} from '@ushadow/kubernetes';
import { putOverrides } from './overrides/override-names.ts';
import type {
  ConfigurationChange,
  ServiceContent,
  StackConfiguration,
  StackContent,
  StackObjects,
  StackUpdate,
  WantedObject,
} from './stack-content.ts';

/**
 * What a stack wants once an update is fulfilled: the selected services' part is the update's, that of the services that go is
 * gone, everything else stays as it was.
 */
export function mergeContent(before: StackContent, update: StackUpdate): StackContent {
  const { content, change } = update;
  const selected = new Set(update.selected);
  const leaving = new Set([...update.selected, ...update.gone]);
  const replaced = new Map(before.objects.map((wanted) => [keyOf(wanted.object), wanted]));
  const added = content.objects.flatMap((wanted): WantedObject[] => {
    const users = wanted.services.filter((service) => selected.has(service));
    if (users.length === 0) return [];
    const others = staying(replaced.get(keyOf(wanted.object)), leaving);
    return [{ object: wanted.object, services: [...new Set([...users, ...others])].sort() }];
  });
  const addedKeys = new Set(added.map(({ object }) => keyOf(object)));
  const kept = before.objects.flatMap((wanted): WantedObject[] => {
    const services = staying(wanted, leaving);
    return addedKeys.has(keyOf(wanted.object)) || services.length === 0 ? [] : [{ object: wanted.object, services }];
  });
  const keptKeys = new Set(kept.map(({ object }) => keyOf(object)));
  const services = {
    ...fallenBehind(without(before.services, leaving), sharedChanges(before, update)),
    ...pick(content.services, selected),
  };
  return {
    objects: [...added, ...kept],
    dependencies: [
      ...content.dependencies.filter(({ from }) => addedKeys.has(objectKey(from))),
      ...before.dependencies.filter(({ from }) => keptKeys.has(objectKey(from))),
    ],
    sourceMap: [
      ...content.sourceMap.filter(({ object }) => addedKeys.has(objectKey(object))),
      ...before.sourceMap.filter(({ object }) => keptKeys.has(objectKey(object))),
    ],
    services,
    filesDigest: content.filesDigest ?? before.filesDigest,
    masks: [...new Set([...(before.masks ?? []), ...(content.masks ?? [])])],
    // What holds a volume holds it for good, also while no service mounts it.
    claims: { ...content.claims, ...before.claims },
    configuration: changedConfiguration(before.configuration, change, Object.keys(services), update.selected),
  };
}

/** Services that stay as they are, with what was changed under them. */
function fallenBehind(
  services: StackContent['services'],
  changes: readonly SharedChange[],
): Record<string, ServiceContent> {
  return Object.fromEntries(
    Object.entries(services).map(([service, content]) => {
      const changed = changes.filter((change) => change.services.includes(service));
      const names = changed.map(({ object }) => formatObjectId(object));
      const behind = [...new Set([...(content.behind ?? []), ...names])].sort();
      return [service, behind.length === 0 ? content : { ...content, behind }];
    }),
  );
}

/** The part of a content that some services want, with what goes with it. */
export function partOf(content: StackObjects, services: readonly string[]): StackObjects {
  const wanted = new Set(services);
  const objects = content.objects.filter((each) => each.services.some((service) => wanted.has(service)));
  const keys = new Set(objects.map(({ object }) => keyOf(object)));
  return {
    objects,
    dependencies: content.dependencies.filter(({ from }) => keys.has(objectKey(from))),
    sourceMap: content.sourceMap.filter(({ object }) => keys.has(objectKey(object))),
    services: pick(content.services, wanted),
    filesDigest: content.filesDigest,
    ...(content.masks === undefined ? {} : { masks: content.masks }),
    ...(content.claims === undefined ? {} : { claims: content.claims }),
  };
}

export interface SharedChange {
  readonly object: ObjectId;
  /** Services that want it and are not selected: they are not restarted. */
  readonly services: readonly string[];
  /** Keys they may name that it no longer has. */
  readonly missing: readonly string[];
}

/** Objects that an update changes although services that it is not about want them as well. */
export function sharedChanges(before: StackContent, update: StackUpdate): SharedChange[] {
  const selected = new Set(update.selected);
  const leaving = new Set([...update.selected, ...update.gone]);
  const known = new Map(before.objects.map((wanted) => [keyOf(wanted.object), wanted]));
  return update.content.objects.flatMap(({ object, services }): SharedChange[] => {
    const old = known.get(keyOf(object));
    if (old === undefined || !services.some((service) => selected.has(service))) return [];
    const others = staying(old, leaving);
    if (others.length === 0 || isSame(old.object, object)) return [];
    return [{ object: objectId(object), services: others, missing: missingKeys(old.object, object) }];
  });
}

/** True when the two objects say the same. */
export function isSame(one: KubeObject, other: KubeObject): boolean {
  return canonicalJson(one as unknown as JsonValue) === canonicalJson(other as unknown as JsonValue);
}

function missingKeys(old: KubeObject, now: KubeObject): string[] {
  return ['data', 'binaryData', 'stringData'].flatMap((field) => {
    const keys = (object: KubeObject): string[] => Object.keys((object[field] as object | undefined) ?? {});
    const left = new Set(
      ['data', 'binaryData', 'stringData'].flatMap((each) => Object.keys((now[each] as object) ?? {})),
    );
    return keys(old).filter((key) => !left.has(key));
  });
}

function staying(wanted: WantedObject | undefined, leaving: ReadonlySet<string>): string[] {
  return (wanted?.services ?? []).filter((service) => !leaving.has(service));
}

function keyOf(object: KubeObject): string {
  return objectKey(objectId(object));
}

function changedConfiguration(
  before: StackConfiguration,
  change: ConfigurationChange,
  services: readonly string[],
  selected: readonly string[],
): StackConfiguration {
  const known = new Set(services);
  const chosen = new Set(selected);
  const overrides: readonly OverrideData[] =
    change.overrides === undefined
      ? before.overrides
      : [
          ...before.overrides.filter(({ service }) => !chosen.has(service)),
          ...change.overrides.filter(({ service }) => chosen.has(service)),
        ];
  // What is said of the chosen services takes the place of all that was; of others nothing is said.
  const of = <T>(said: Readonly<Record<string, T>> | undefined): Record<string, T> => pick(said ?? {}, chosen);
  const unless = <T>(said: unknown, record: Readonly<Record<string, T>>): Record<string, T> =>
    said === undefined ? { ...record } : without(record, chosen);
  // What is deployed runs again, unless that is what is asked for.
  const stopped = { ...without(before.stopped, chosen), ...of(change.stopped) };
  return {
    profiles: change.profiles ?? before.profiles,
    infraOf: change.infraOf ?? before.infraOf,
    specs: pick({ ...unless(change.specs, before.specs), ...of(change.specs) }, known),
    values: { ...without(before.values, new Set(change.forget)), ...change.values },
    serviceValues: pick({ ...unless(change.serviceValues, before.serviceValues), ...of(change.serviceValues) }, known),
    secrets: { ...before.secrets, ...change.secrets },
    nodeNames: pick({ ...unless(change.nodeNames, before.nodeNames), ...of(change.nodeNames) }, known),
    overrides: putOverrides(overrides, change).filter(({ service }) => known.has(service)),
    stopped: pick(stopped, known),
  };
}

function pick<T>(record: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => keys.has(key)));
}

function without<T>(record: Readonly<Record<string, T>>, keys: ReadonlySet<string>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => !keys.has(key)));
}
