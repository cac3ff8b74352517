import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';

/** What is written of an object, given what is there, and what is to be said of it. */
export interface Fit {
  readonly body: KubeObject;
  readonly notes: readonly string[];
}

export function specOf(object: KubeObject | undefined): JsonObject {
  const spec = object?.['spec'];
  return isJsonObject(spec) ? spec : {};
}

/** The same object with other fields in its spec; `undefined` leaves one out. */
export function withSpec(
  object: KubeObject,
  fields: Readonly<Record<string, JsonObject[string] | undefined>>,
): KubeObject {
  const spec = Object.entries({ ...specOf(object), ...fields }).filter(([, value]) => value !== undefined);
  return { ...object, spec: Object.fromEntries(spec) as JsonObject };
}
