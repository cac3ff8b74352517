import type { KubeObject, JsonObject, JsonValue } from '@ushadow/kubernetes';
import { dnsLabel, isJsonObject, listAt, podTemplateOf, valueAt } from '@ushadow/kubernetes';
import { containerOf } from '../content/overrides/service-container.ts';
import type { StackContent } from '../content/stack-content.ts';

export interface RunOptions {
  /** Makes the name unique. */
  readonly id: string;
  /** In place of the service's own; what is absent stays. */
  readonly command: readonly string[] | undefined;
  readonly entrypoint: readonly string[] | undefined;
  readonly deadlineSeconds: number;
  readonly keepSeconds: number;
}

/** Of a pod that runs once nothing is probed, published or started beside it. */
const ONCE: ReadonlySet<string> = new Set([
  ...['ports', 'livenessProbe', 'readinessProbe', 'startupProbe', 'lifecycle', 'restartPolicy', 'stdin', 'tty'],
]);

/**
 * A Job that runs a service once: in its image, with its environment, volumes and rights, beside what runs of it. No Service
 * leads to its pod. Undefined: the service has no pod.
 */
export function jobOf(content: StackContent, service: string, options: RunOptions): KubeObject | undefined {
  const found = containerOf(content, service);
  const template = found === undefined ? undefined : podTemplateOf(found.wanted.object)?.template;
  const spec = valueAt(template, ['spec']);
  if (found === undefined || template === undefined || !isJsonObject(spec)) return undefined;
  const { object } = found.wanted;
  const name = dnsLabel(
    `${content.services[service]?.objectName ?? service}-run-${options.id.replaceAll('-', '').slice(0, 10)}`,
  );
  const { namespace } = object.metadata;
  const labels = labelsOf(object, name);
  const isOwn = (container: JsonObject): boolean => container['name'] === found.container['name'];
  const before = listAt(spec, ['initContainers']).filter((each) => !isOwn(each) && each['restartPolicy'] === undefined);
  const volumes = [...listAt(spec, ['volumes']), ...templateVolumes(object)];
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, ...(namespace === undefined ? {} : { namespace }), labels },
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: options.deadlineSeconds,
      ttlSecondsAfterFinished: options.keepSeconds,
      template: {
        metadata: { labels, ...annotationsOf(template) },
        spec: {
          ...without(spec, ['hostname', 'subdomain', 'initContainers']),
          restartPolicy: 'Never',
          ...(before.length === 0 ? {} : { initContainers: before }),
          ...(volumes.length === 0 ? {} : { volumes }),
          containers: [onceOf(found.container, options)],
        },
      },
    },
  };
}

function onceOf(container: JsonObject, { command, entrypoint }: RunOptions): JsonObject {
  const rest = Object.fromEntries(Object.entries(container).filter(([key]) => !ONCE.has(key)));
  const words = command === undefined ? {} : { args: command };
  if (entrypoint === undefined) return { ...rest, ...words };
  // Arguments were meant for the entry point that is replaced.
  return { ...without(rest, ['args']), command: entrypoint, ...words };
}

/** Those of the stack, under another name: Services choose pods by that. */
function labelsOf({ metadata }: KubeObject, name: string): Readonly<Record<string, string>> {
  const { labels = {} } = metadata;
  const shared = ['app.kubernetes.io/part-of', 'app.kubernetes.io/managed-by'];
  const kept = Object.entries(labels).filter(([key]) => shared.includes(key));
  return { ...Object.fromEntries(kept), 'app.kubernetes.io/name': name, 'app.kubernetes.io/component': 'run' };
}

function annotationsOf(template: JsonObject): JsonObject {
  const annotations = valueAt(template, ['metadata', 'annotations']);
  return isJsonObject(annotations) ? { annotations } : {};
}

/** What a StatefulSet gives its first pod. */
function templateVolumes(object: KubeObject): JsonObject[] {
  return listAt(object, ['spec', 'volumeClaimTemplates']).map((template) => {
    const name = valueAt(template, ['metadata', 'name']) as JsonValue;
    return { name, persistentVolumeClaim: { claimName: `${String(name)}-${object.metadata.name}-0` } };
  });
}

function without(object: JsonObject, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
