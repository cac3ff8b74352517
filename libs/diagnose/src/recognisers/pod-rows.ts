import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, listAt, textAt } from '@ushadow/kubernetes';
import { readMissingReference } from '../missing-reference.ts';
import type { PodFacts, PodRecogniser, PodObservation } from './pod-recogniser.ts';
import { SCHEDULE_ROWS } from './schedule-rows.ts';

const MOUNT_EVENTS = ['FailedMount', 'FailedAttachVolume', 'FailedMapVolume'];
/** A start that takes longer than this without an event from the node is worth reporting. */
const START_GRACE_MS = 60_000;

const isPending = (pod: KubeObject): boolean => textAt(pod, ['status', 'phase']) === 'Pending';

const event =
  (...reasons: readonly string[]) =>
  ({ events, pod }: PodFacts): PodObservation | undefined => {
    // Once containers have started, an old mount or sandbox event is history.
    if (!isPending(pod)) return undefined;
    const found = events.findLast(({ reason }) => reasons.includes(reason));
    return found === undefined ? undefined : { path: found.reason, value: found.message };
  };

/** The node has the pod, but neither its volumes nor its sandbox stand; status does not say which of the two it is. */
function isStuckBeforeStart({ pod }: PodFacts): PodObservation | undefined {
  const ready = conditionOf(pod, 'PodReadyToStartContainers');
  if (!isPending(pod) || ready?.status !== 'False') return undefined;
  return { path: 'status.conditions[type=PodReadyToStartContainers]', value: 'False' };
}

/** Volumes that somebody else has to provide; scratch space and the account's token never fail. */
function outsideVolumes(pod: KubeObject): string[] {
  const own = ['emptyDir', 'downwardAPI', 'projected'];
  return listAt(pod, ['spec', 'volumes'])
    .filter((volume) => !own.some((kind) => volume[kind] !== undefined))
    .map((volume) => textAt(volume, ['name']));
}

function volumeField({ pod }: PodFacts, text: string): string {
  const named = /volume "([^"]+)"/.exec(text)?.[1] ?? /unmounted volumes=\[([^\s\],]+)/.exec(text)?.[1] ?? '';
  const volumes = listAt(pod, ['spec', 'volumes']);
  const byName = volumes.find((volume) => volume['name'] === named);
  if (byName !== undefined) return `volumes[name="${named}"]`;
  const reference = readMissingReference(text);
  const byReference = volumes.find(
    (volume) => reference !== undefined && JSON.stringify(volume).includes(`"${reference.name}"`),
  );
  const [first] = outsideVolumes(pod);
  const name = byReference === undefined ? first : textAt(byReference, ['name']);
  return name === undefined ? 'volumes' : `volumes[name="${name}"]`;
}

function mountRemedy({ context }: PodFacts, text: string): string {
  const reference = readMissingReference(text);
  if (reference === undefined)
    return 'check that the claim, Secret or ConfigMap exists and that no other node holds the volume';
  const { kind, name } = reference;
  return context.brought(kind, name) === undefined
    ? `this deployment does not bring the ${kind} ${name}: create it, or correct the name`
    : 'wait: it has been written since, and the node looks again by itself';
}

const isEvicted = (pod: KubeObject): boolean => textAt(pod, ['status', 'reason']) === 'Evicted';
const evicted = ({ pod }: PodFacts): PodObservation | undefined =>
  isEvicted(pod) ? { path: 'status.reason', value: textAt(pod, ['status', 'message']) } : undefined;

/** The control plane marks pods of a silent node not ready, although their containers were when it last reported. */
function isOnLostNode({ pod, events }: PodFacts): PodObservation | undefined {
  if (textAt(pod, ['status', 'reason']) === 'NodeLost')
    return { path: 'status.reason', value: textAt(pod, ['status', 'message']) };
  const reported = events.findLast(({ reason }) => reason === 'NodeNotReady');
  const [ready, containers] = [conditionOf(pod, 'Ready'), conditionOf(pod, 'ContainersReady')];
  if (ready?.status !== 'False' || containers?.status !== 'True') return undefined;
  if (reported !== undefined) return { path: reported.reason, value: reported.message };
  const hasGates = listAt(pod, ['spec', 'readinessGates']).length > 0;
  return hasGates
    ? undefined
    : { path: 'status.conditions[type=Ready]', value: 'False although its containers are ready' };
}

const nodeOf = ({ pod }: PodFacts): string => textAt(pod, ['spec', 'nodeName']) || 'the node';

/** First match per family wins. */
export const POD_RECOGNISERS: readonly PodRecogniser[] = [
  ...SCHEDULE_ROWS,
  {
    code: 'VOLUME_MOUNT_FAILED',
    family: 'volume',
    rank: 40,
    finality: { kind: 'after', ms: 60_000 },
    observation: event(...MOUNT_EVENTS),
    message: (_, text) => `a volume cannot be mounted: ${text}`,
    remedy: mountRemedy,
    field: volumeField,
  },
  {
    code: 'SANDBOX_FAILED',
    family: 'volume',
    rank: 45,
    finality: { kind: 'wait' },
    observation: event('FailedCreatePodSandBox'),
    message: (facts, text) => `node ${nodeOf(facts)} cannot set the pod up: ${text}`,
    remedy: () => 'this is a trouble of the node or its network plug-in, not of the application',
  },
  {
    // Without events: volumes are waited for first.
    code: 'VOLUME_MOUNT_FAILED',
    family: 'volume',
    rank: 46,
    finality: { kind: 'wait' },
    graceMs: START_GRACE_MS,
    observation: (facts) => (outsideVolumes(facts.pod).length > 0 ? isStuckBeforeStart(facts) : undefined),
    message: ({ pod }) =>
      `pod ${pod.metadata.name} does not start; most likely one of its volumes cannot be mounted: ${outsideVolumes(pod).join(', ')}`,
    remedy: () => 'check that claims, Secrets and ConfigMaps exist and that no other node holds a volume',
    field: volumeField,
  },
  {
    code: 'SANDBOX_FAILED',
    family: 'volume',
    rank: 47,
    finality: { kind: 'wait' },
    graceMs: START_GRACE_MS,
    observation: isStuckBeforeStart,
    message: (facts) => `node ${nodeOf(facts)} does not set the pod up`,
    remedy: () => 'look at the node and its network plug-in',
  },
  {
    code: 'POD_EVICTED',
    family: 'evicted',
    // It explains how the containers ended.
    rank: 79,
    // The pod is made anew; three in a row are no accident.
    finality: { kind: 'after', deaths: 3 },
    deaths: ({ siblings }) => siblings.filter(isEvicted).length,
    observation: evicted,
    message: ({ pod }, text) => `pod ${pod.metadata.name} was evicted: ${text}`,
    remedy: () => 'give the workload requests that match its use, or the node more room',
    field: ({ pod }) => `containers[name="${textAt(listAt(pod, ['spec', 'containers'])[0], ['name'])}"].resources`,
  },
  {
    code: 'NODE_NOT_READY',
    family: 'node',
    rank: 48,
    finality: { kind: 'wait' },
    observation: isOnLostNode,
    message: (facts) => `${nodeOf(facts)} of pod ${facts.pod.metadata.name} does not answer`,
    remedy: () => 'check the node',
  },
];
