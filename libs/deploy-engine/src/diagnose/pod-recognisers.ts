import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, textAt } from '../readiness/fields.ts';
import type { FailureCode } from '../failure-code.ts';
import type { EventFact } from './event-facts.ts';
import type { Finality } from './finding.ts';

export interface PodFacts {
  readonly pod: KubeObject;
  readonly events: readonly EventFact[];
}

export interface PodRecogniser {
  readonly code: FailureCode;
  readonly family: string;
  readonly rank: number;
  readonly finality: Finality;
  /** What supports it; undefined where it does not apply. */
  readonly evidence: (facts: PodFacts) => { readonly path: string; readonly value: string } | undefined;
  readonly message: (facts: PodFacts, evidence: string) => string;
  readonly remedy: string;
}

const event =
  (...reasons: readonly string[]) =>
  ({ events, pod }: PodFacts): { path: string; value: string } | undefined => {
    // Once containers have started, an old mount or sandbox event is history.
    if (textAt(pod, ['status', 'phase']) !== 'Pending') return undefined;
    const found = events.findLast(({ reason }) => reasons.includes(reason));
    return found === undefined ? undefined : { path: found.reason, value: found.message };
  };

const condition =
  (type: string, reason: string) =>
  ({ pod }: PodFacts): { path: string; value: string } | undefined => {
    const found = conditionOf(pod, type);
    if (found?.status !== 'False' || found.reason !== reason) return undefined;
    return { path: `status.conditions[type=${type}]`, value: found.message };
  };

const name = ({ pod }: PodFacts): string => pod.metadata.name;

const unschedulable = condition('PodScheduled', 'Unschedulable');
const unschedulableWith =
  (text: RegExp) =>
  (facts: PodFacts): { path: string; value: string } | undefined => {
    const found = unschedulable(facts);
    return found !== undefined && text.test(found.value) ? found : undefined;
  };
/** An autoscaler has said that it brings a node. */
const awaitsNode = (facts: PodFacts): { path: string; value: string } | undefined =>
  facts.events.some(({ reason }) => reason === 'TriggeredScaleUp') ? unschedulable(facts) : undefined;

/** First match per family wins. */
export const POD_RECOGNISERS: readonly PodRecogniser[] = [
  {
    // The volume is being made, or is not: the claim itself tells.
    code: 'UNSCHEDULABLE',
    family: 'schedule',
    rank: 43,
    finality: { kind: 'wait' },
    evidence: unschedulableWith(/unbound immediate PersistentVolumeClaims|persistentvolumeclaim ".*" not found/),
    message: (facts, text) => `pod ${name(facts)} waits for its volume: ${text}`,
    remedy: 'look at the claim it names: its storage class, size and access mode',
  },
  {
    code: 'UNSCHEDULABLE',
    family: 'schedule',
    rank: 30,
    finality: { kind: 'after', ms: 300_000 },
    evidence: awaitsNode,
    message: (_, text) => `no node fits yet, one is being added: ${text}`,
    remedy: 'wait for the autoscaler, or ask for less CPU or memory',
  },
  {
    code: 'UNSCHEDULABLE',
    family: 'schedule',
    rank: 30,
    finality: { kind: 'after', ms: 15_000 },
    evidence: unschedulable,
    message: (_, text) => `no node fits: ${text}`,
    remedy: 'ask for less CPU or memory, change node selector or tolerations, or add a node',
  },
  {
    code: 'SCHEDULING_GATED',
    family: 'schedule',
    rank: 31,
    finality: { kind: 'wait' },
    evidence: condition('PodScheduled', 'SchedulingGated'),
    message: (facts, text) => `pod ${name(facts)} is held back from scheduling: ${text}`,
    remedy: 'find out which controller has set the scheduling gate',
  },
  {
    code: 'VOLUME_MOUNT_FAILED',
    family: 'volume',
    rank: 40,
    finality: { kind: 'after', ms: 60_000 },
    evidence: event('FailedMount', 'FailedAttachVolume', 'FailedMapVolume'),
    message: (_, text) => `a volume cannot be mounted: ${text}`,
    remedy: 'check that the claim, Secret or ConfigMap exists and that no other node holds the volume',
  },
  {
    code: 'SANDBOX_FAILED',
    family: 'sandbox',
    rank: 45,
    finality: { kind: 'wait' },
    evidence: event('FailedCreatePodSandBox'),
    message: (_, text) => `the node cannot set the pod up: ${text}`,
    remedy: 'this is a trouble of the node or its network plug-in, not of the application',
  },
  {
    code: 'POD_EVICTED',
    family: 'evicted',
    rank: 85,
    finality: { kind: 'after', sightings: 3 },
    evidence: ({ pod }) =>
      textAt(pod, ['status', 'reason']) === 'Evicted'
        ? { path: 'status.reason', value: textAt(pod, ['status', 'message']) }
        : undefined,
    message: (facts, text) => `pod ${name(facts)} was evicted: ${text}`,
    remedy: 'give the workload requests that match its use, or the node more room',
  },
  {
    code: 'NODE_NOT_READY',
    family: 'node',
    rank: 86,
    finality: { kind: 'wait' },
    evidence: ({ pod }) =>
      textAt(pod, ['status', 'reason']) === 'NodeLost'
        ? { path: 'status.reason', value: textAt(pod, ['status', 'message']) }
        : undefined,
    message: (facts) => `the node of pod ${name(facts)} does not answer`,
    remedy: 'check the node',
  },
];
