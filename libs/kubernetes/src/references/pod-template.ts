import type { JsonObject } from '../json.ts';
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
  const at = Object.hasOwn(AT, object.kind) ? AT[object.kind] : undefined;
  const template = at === undefined ? undefined : valueAt(object, [...at]);
  return at === undefined || !isJsonObject(template)
    ? undefined
    : { template, pointer: at.map((step) => `/${step}`).join('') };
}
