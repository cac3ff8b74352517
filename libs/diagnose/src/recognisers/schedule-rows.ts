import { conditionOf } from '@ushadow/kubernetes';
import { readSchedulingReasons } from '../scheduling-reasons.ts';
import type { PodFacts, PodRecogniser, PodObservation } from './pod-recogniser.ts';

const condition =
  (type: string, reason: string) =>
  ({ pod }: PodFacts): PodObservation | undefined => {
    const found = conditionOf(pod, type);
    if (found?.status !== 'False' || found.reason !== reason) return undefined;
    return { path: `status.conditions[type=${type}]`, value: found.message };
  };

const unschedulable = condition('PodScheduled', 'Unschedulable');
const withEvent =
  (reason: string) =>
  (facts: PodFacts): PodObservation | undefined =>
    facts.events.some((event) => event.reason === reason) ? unschedulable(facts) : undefined;

const AWAITS_VOLUME = /unbound immediate PersistentVolumeClaims|persistentvolumeclaim "[^"]*" not found/;
const awaitsVolume = (facts: PodFacts): PodObservation | undefined => {
  const found = unschedulable(facts);
  return found !== undefined && AWAITS_VOLUME.test(found.value) ? found : undefined;
};

const reasons = ({ pod }: PodFacts, text: string): ReturnType<typeof readSchedulingReasons> =>
  readSchedulingReasons(text, pod);

const schedule = {
  code: 'UNSCHEDULABLE',
  family: 'schedule',
  rank: 30,
  message: (_: PodFacts, text: string) => `no node fits: ${text}`,
  remedy: (facts: PodFacts, text: string) =>
    [...new Set(reasons(facts, text).map(({ remedy }) => remedy))].join('; ') ||
    'ask for less CPU or memory, change node selector or tolerations, or add a node',
  field: (facts: PodFacts, text: string) => reasons(facts, text).find(({ field }) => field !== '')?.field ?? '',
  evidence: (facts: PodFacts, text: string) =>
    reasons(facts, text).map(({ text: value, field }) => ({
      kind: 'field' as const,
      path: 'nodes',
      value,
      ...(field === '' ? {} : { field: `${facts.context.podSpecPath}.${field}` }),
    })),
} as const;

/** Why a pod has no node. First match per family wins. */
export const SCHEDULE_ROWS: readonly PodRecogniser[] = [
  {
    // The volume is being made, or is not: the claim itself has the reason.
    ...schedule,
    rank: 43,
    finality: { kind: 'wait' },
    observation: awaitsVolume,
    message: ({ pod }, text) => `pod ${pod.metadata.name} waits for its volume: ${text}`,
    remedy: () => 'look at the claim it names: its storage class, size and access mode',
    field: () => 'volumes',
  },
  { ...schedule, finality: { kind: 'at-once' }, observation: withEvent('NotTriggerScaleUp') },
  {
    ...schedule,
    finality: { kind: 'after', ms: 300_000 },
    observation: withEvent('TriggeredScaleUp'),
    message: (_, text) => `no node fits yet, one is being added: ${text}`,
  },
  { ...schedule, finality: { kind: 'after', ms: 15_000 }, observation: unschedulable },
  {
    code: 'SCHEDULING_GATED',
    family: 'schedule',
    rank: 31,
    finality: { kind: 'wait' },
    observation: condition('PodScheduled', 'SchedulingGated'),
    message: ({ pod }, text) => `pod ${pod.metadata.name} is held back from scheduling: ${text}`,
    remedy: ({ pod }) => `find out who is to remove the scheduling gates: ${gates(pod)}`,
  },
];

function gates(pod: PodFacts['pod']): string {
  const spec = pod['spec'] as { schedulingGates?: readonly { name?: string }[] } | undefined;
  return spec?.schedulingGates?.map(({ name = '' }) => name).join(', ') ?? '';
}
