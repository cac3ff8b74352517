import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, own, OWNER_ANNOTATION, valueAt } from '@ushadow/kubernetes';

const ANNOTATIONS = [OWNER_ANNOTATION, 'deployment.kubernetes.io/revision'];
const LABELS = ['app.kubernetes.io/name', 'app.kubernetes.io/instance', 'kubernetes.io/service-name'];

/** What the tree reads of an object, so that memory holds that alone. A slim object stays as it is. */
export function slim(object: KubeObject): KubeObject {
  const { name, namespace, uid, resourceVersion, generation, creationTimestamp, deletionTimestamp } = object.metadata;
  const metadata = defined({
    name,
    namespace,
    uid,
    resourceVersion,
    generation,
    creationTimestamp,
    deletionTimestamp,
    labels: picked(object.metadata.labels, LABELS),
    annotations: picked(object.metadata.annotations, ANNOTATIONS),
    ownerReferences: object.metadata.ownerReferences,
  });
  const { apiVersion, kind } = object;
  return { apiVersion, kind, ...slimParts(object), metadata: metadata as KubeObject['metadata'] };
}

function slimParts(object: KubeObject): JsonObject {
  switch (object.kind) {
    case 'Pod':
      return { spec: podSpec(object['spec']), status: podStatus(object['status']) };
    case 'Deployment':
    case 'DaemonSet':
    case 'ReplicaSet':
    case 'Job':
      return defined({ spec: without(object['spec'], 'template'), status: object['status'] });
    case 'StatefulSet':
      return defined({ spec: statefulSetSpec(object['spec']), status: object['status'] });
    case 'CronJob':
      return defined({ spec: without(object['spec'], 'jobTemplate'), status: without(object['status'], 'active') });
    case 'EndpointSlice':
      return defined({ addressType: object['addressType'], endpoints: endpoints(object) });
    case 'Event':
      return event(object);
    default:
      return defined({ spec: object['spec'], status: object['status'] });
  }
}

const POD_SPEC = ['nodeName', 'restartPolicy'];
const CONTAINER_SPEC = ['name', 'image', 'resources', 'restartPolicy'];

function podSpec(spec: JsonValue | undefined): JsonObject {
  const containers = (list: string): readonly JsonObject[] =>
    listAt(spec, [list]).map((container) => ({
      ...pick(container, CONTAINER_SPEC),
      // How it is asked does not matter, whether it is does.
      ...(container['readinessProbe'] === undefined ? {} : { readinessProbe: {} }),
      ...(container['startupProbe'] === undefined ? {} : { startupProbe: {} }),
    }));
  const claims = listAt(spec, ['volumes']).filter((volume) => isJsonObject(volume['persistentVolumeClaim']));
  return {
    ...pick(spec, POD_SPEC),
    containers: containers('containers'),
    initContainers: containers('initContainers'),
    ephemeralContainers: containers('ephemeralContainers'),
    volumes: claims.map((volume) => pick(volume, ['name', 'persistentVolumeClaim'])),
  };
}

const POD_STATUS = ['phase', 'reason', 'message', 'podIP', 'conditions'];
const CONTAINER_STATUS = ['name', 'ready', 'started', 'restartCount', 'imageID', 'state', 'lastState'];

function podStatus(status: JsonValue | undefined): JsonObject {
  const lists = ['containerStatuses', 'initContainerStatuses', 'ephemeralContainerStatuses'].map((list) => [
    list,
    listAt(status, [list]).map((each) => pick(each, CONTAINER_STATUS)),
  ]);
  return { ...pick(status, POD_STATUS), ...(Object.fromEntries(lists) as JsonObject) };
}

function statefulSetSpec(spec: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(spec)) return spec;
  const templates = listAt(spec, ['volumeClaimTemplates']);
  const names = templates.map((template) => ({ metadata: { name: valueAt(template, ['metadata', 'name']) ?? '' } }));
  return defined({ ...spec, template: undefined, volumeClaimTemplates: names });
}

function endpoints(slice: KubeObject): readonly JsonObject[] {
  return listAt(slice, ['endpoints']).map((endpoint) => pick(endpoint, ['conditions']));
}

const EVENT = [
  'involvedObject',
  'type',
  'reason',
  'message',
  'count',
  'firstTimestamp',
  'lastTimestamp',
  'eventTime',
  'series',
];
const EVENT_TEXT_MAX = 2_000;

function event(object: KubeObject): JsonObject {
  const { message } = object;
  const cut = typeof message === 'string' ? { message: message.slice(0, EVENT_TEXT_MAX) } : {};
  return { ...pick(object, EVENT), ...cut };
}

function without(value: JsonValue | undefined, key: string): JsonValue | undefined {
  if (!isJsonObject(value)) return value;
  const { [key]: _gone, ...rest } = value;
  return rest;
}

function pick(value: unknown, keys: readonly string[]): JsonObject {
  if (!isJsonObject(value)) return {};
  return defined(Object.fromEntries(keys.map((key) => [key, own(value, key)])));
}

function picked(
  record: Readonly<Record<string, string>> | undefined,
  keys: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const found = keys.flatMap((key) => {
    const value = own(record, key);
    return value === undefined ? [] : [[key, value] as const];
  });
  return found.length === 0 ? undefined : Object.fromEntries(found);
}

function defined(object: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
