import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject, valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';

const TEMPLATE = ['spec', 'template'] as const;
const AT: Readonly<Record<string, readonly string[]>> = {
  Pod: [],
  Deployment: TEMPLATE,
  StatefulSet: TEMPLATE,
  DaemonSet: TEMPLATE,
  ReplicaSet: TEMPLATE,
  ReplicationController: TEMPLATE,
  Job: TEMPLATE,
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
};

/** The pod that an object is or makes, with the JSON pointer to it; undefined where it makes none. */
export function podTemplateOf(
  object: KubeObject,
): { readonly template: JsonObject; readonly pointer: string } | undefined {
  const at = pathOf(object.kind);
  const template = at === undefined ? undefined : valueAt(object, at);
  return at === undefined || !isJsonObject(template)
    ? undefined
    : { template, pointer: at.map((step) => `/${step}`).join('') };
}

/** The pod spec inside any workload; undefined for other kinds. */
export function podSpecOf(object: KubeObject): JsonValue | undefined {
  const at = pathOf(object.kind);
  return at === undefined ? undefined : valueAt(object, [...at, 'spec']);
}

/** Field path of the pod spec inside an object of this kind; empty where it has none. */
export function podSpecPath(kind: string): string {
  const at = pathOf(kind);
  return at === undefined ? '' : [...at, 'spec'].join('.');
}

function pathOf(kind: string): readonly string[] | undefined {
  return Object.hasOwn(AT, kind) ? AT[kind] : undefined;
}
