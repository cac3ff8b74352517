import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import {
  conditionOf,
  formatObjectId,
  listAt,
  numberAt,
  objectId,
  OWNER_ANNOTATION,
  readOwner,
  textAt,
  valueAt,
} from '@ushadow/kubernetes';
import type { SeenPod } from '../words/pod-words.ts';
import { seenPod } from '../words/pod-words.ts';
import type { Tally } from './tally.ts';
import { NOTHING, tallyOf, trouble } from './tally.ts';
import { treeKind } from './tree-kinds.ts';

/** An object, and how it is tied to others. */
export interface Seen {
  /** `Kind/namespace/name`. */
  readonly id: string;
  readonly kind: string;
  readonly level: number;
  /** Undefined: it is wanted, and is not there. */
  readonly object: KubeObject | undefined;
  /** The stack whose mark it bears. */
  readonly stack: string | undefined;
  /** One of those that another one provides. */
  readonly belongsTo: string | undefined;
  readonly provides: readonly string[];
  /** What it adds to those it belongs to. */
  readonly tally: Tally;
  /** Of a pod. */
  readonly pod: SeenPod | undefined;
}

/** Undefined for kinds that the tree is not made of. */
export function seenOf(object: KubeObject): Seen | undefined {
  const kind = treeKind(object.kind);
  if (kind === undefined || (kind.group === '') === object.apiVersion.includes('/')) return undefined;
  const mark = object.metadata.annotations?.[OWNER_ANNOTATION];
  const pod = object.kind === 'Pod' ? seenPod(object) : undefined;
  return {
    id: formatObjectId(objectId(object)),
    kind: object.kind,
    level: kind.level,
    object,
    stack: mark === undefined ? undefined : readOwner(mark)?.stack,
    belongsTo: belongsTo(object),
    provides: provides(object),
    tally: pod === undefined ? ownTally(object) : podTally(pod),
    pod,
  };
}

/** What stands for an object that is wanted and not there. */
export function absent(id: string): Seen | undefined {
  const [kind = ''] = id.split('/');
  const { level, isWorkload } = treeKind(kind) ?? {};
  if (level === undefined || isWorkload !== true) return undefined;
  return pseudo({ id, kind, level });
}

/** What is no object. */
export function pseudo(named: Pick<Seen, 'id' | 'kind' | 'level'>): Seen {
  const nothing = { object: undefined, stack: undefined, belongsTo: undefined, pod: undefined };
  return { ...named, ...nothing, provides: [], tally: NOTHING };
}

const byUid = (uid: string): string => `uid ${uid}`;
const byName = (namespace: string, service: string): string => `service ${namespace}/${service}`;
const byStem = (namespace: string, stem: string): string => `claims ${namespace}/${stem}`;

function belongsTo(object: KubeObject): string | undefined {
  const { name, namespace = '', ownerReferences = [], labels = {} } = object.metadata;
  switch (object.kind) {
    case 'Event':
      return byUid(textAt(object, ['involvedObject', 'uid']));
    case 'EndpointSlice':
      return byName(namespace, labels['kubernetes.io/service-name'] ?? '');
    case 'PersistentVolumeClaim':
      return byStem(namespace, name.replace(/-\d+$/, ''));
    case 'ReplicaSet':
    case 'Job':
    case 'Pod': {
      const controller = ownerReferences.find((reference) => reference.controller === true);
      return controller && byUid(controller.uid);
    }
    default:
      return undefined;
  }
}

function provides(object: KubeObject): readonly string[] {
  const { name, namespace = '', uid } = object.metadata;
  return [
    ...(uid === undefined ? [] : [byUid(uid)]),
    ...(object.kind === 'Service' ? [byName(namespace, name)] : []),
    ...(object.kind === 'StatefulSet' ? claimStems(object, name).map((stem) => byStem(namespace, stem)) : []),
  ];
}

function claimStems(set: KubeObject, name: string): string[] {
  return listAt(set, ['spec', 'volumeClaimTemplates']).map(
    (template) => `${textAt(template, ['metadata', 'name'])}-${name}`,
  );
}

function ownTally(object: KubeObject): Tally {
  switch (object.kind) {
    case 'ReplicaSet': {
      const refused = conditionOf(object, 'ReplicaFailure');
      return tallyOf(refused?.status === 'True' ? trouble(refused.reason || 'FailedCreate') : {});
    }
    case 'EndpointSlice':
      return endpointTally(object);
    default:
      return NOTHING;
  }
}

function podTally({ containers, judged: { health, trouble: reason } }: SeenPod): Tally {
  const restarts = containers.reduce((sum, { status }) => sum + numberAt(status, ['restartCount']), 0);
  return tallyOf({ pods: 1, ready: health === 'ready' ? 1 : 0, restarts, ...trouble(reason) });
}

/** For each family of addresses its own, since a pod has one of each. */
function endpointTally(slice: KubeObject): Tally {
  const family = textAt(slice, ['addressType']);
  const all = listAt(slice, ['endpoints']);
  return tallyOf({ [`endpoints ${family}`]: all.length, [`ready ${family}`]: all.filter(isServing).length });
}

/** What says nothing of itself counts as ready. */
function isServing(endpoint: JsonObject): boolean {
  return valueAt(endpoint, ['conditions', 'ready']) !== false;
}
