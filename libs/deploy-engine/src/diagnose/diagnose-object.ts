import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf } from '../readiness/fields.ts';
import type { ClusterView } from '../watch/cluster-view.ts';
import { CLAIM_RECOGNISERS } from './claim-recognisers.ts';
import { containerFacts } from './container-facts.ts';
import { CREATE_RECOGNISERS } from './create-recognisers.ts';
import { diagnoseContainer } from './diagnose-container.ts';
import type { EventFact, EventIndex } from './event-facts.ts';
import { eventsOf } from './event-facts.ts';
import type { Finding } from './finding.ts';
import { POD_RECOGNISERS } from './pod-recognisers.ts';
import { currentReplicaSet, podsToJudge } from './workload-pods.ts';

/**
 * Everything found wrong with one desired object now. Status decides; events only refine it.
 *
 * @param writtenAt when it was last written, on the cluster's clock; its controller's older events are history
 */
export function diagnoseObject(object: KubeObject, view: ClusterView, events: EventIndex, writtenAt = 0): Finding[] {
  if (object.kind === 'PersistentVolumeClaim') return diagnoseClaim(object, eventsOf(events, object));
  const pods = podsToJudge(object, view);
  return [
    ...diagnoseCreation(object, view, events, pods.length > 0 ? Infinity : writtenAt),
    ...pods.flatMap((pod) => diagnosePod(pod, eventsOf(events, pod))),
  ];
}

function diagnosePod(pod: KubeObject, events: readonly EventFact[]): Finding[] {
  const families = new Map<string, Finding>();
  for (const row of POD_RECOGNISERS) {
    const found = families.has(row.family) ? undefined : row.evidence({ pod, events });
    if (found === undefined) continue;
    const { code, family, rank, finality, remedy } = row;
    const kind = found.path.startsWith('status') ? ('field' as const) : ('event' as const);
    const message = row.message({ pod, events }, found.value);
    const token = `${pod.metadata.name}|${found.value}`;
    const base = { code, family, rank, finality, message, remedy, pod, restarts: 0, token, specific: true };
    families.set(family, { ...base, evidence: [{ kind, ...found }] });
  }
  return [...families.values(), ...containerFacts(pod, events).flatMap(diagnoseContainer)];
}

/** A controller that cannot create its pods says so in a condition or an event. */
function diagnoseCreation(object: KubeObject, view: ClusterView, events: EventIndex, since: number): Finding[] {
  const replicaSet = currentReplicaSet(object, view);
  const condition = [object, ...(replicaSet === undefined ? [] : [replicaSet])]
    .map((owner) => conditionOf(owner, 'ReplicaFailure'))
    .find((found) => found?.status === 'True');
  const event = since === Infinity ? undefined : failedCreate([replicaSet ?? object, object], events, since);
  const text = condition?.message ?? event?.message;
  if (text === undefined) return [];
  const row = CREATE_RECOGNISERS.find((candidate) => candidate.text.test(text));
  if (row === undefined) return [];
  const evidence =
    condition === undefined
      ? { kind: 'event' as const, path: 'FailedCreate', value: text }
      : { kind: 'field' as const, path: 'status.conditions[type=ReplicaFailure]', value: text };
  const { code, rank, finality, remedy } = row;
  const message = `pods cannot be created: ${text}`;
  const base = { code, family: 'create', rank, finality, message, remedy, restarts: 0, specific: true };
  return [{ ...base, token: `${text}|${event?.count ?? 0}`, evidence: [evidence] }];
}

/** Event times are whole seconds, on the clock of another part of the control plane. */
const CLOCK_SLACK_MS = 2_000;

function failedCreate(owners: readonly KubeObject[], events: EventIndex, since: number): EventFact | undefined {
  return owners
    .flatMap((owner) => eventsOf(events, owner))
    .findLast(({ reason, seenAt }) => reason === 'FailedCreate' && seenAt >= since - CLOCK_SLACK_MS);
}

function diagnoseClaim(claim: KubeObject, events: readonly EventFact[]): Finding[] {
  const row = CLAIM_RECOGNISERS.find((candidate) => candidate.matches(claim, events) !== undefined);
  const text = row?.matches(claim, events);
  if (row === undefined || text === undefined) return [];
  const { code, rank, finality, remedy } = row;
  const message = `claim ${claim.metadata.name}: ${text}`;
  const count = events.reduce((sum, event) => sum + event.count, 0);
  const evidence = [{ kind: 'event' as const, path: code, value: text }];
  const base = { code, family: 'claim', rank, finality, message, remedy, restarts: 0, specific: true };
  return [{ ...base, token: `${text}|${count}`, evidence }];
}
