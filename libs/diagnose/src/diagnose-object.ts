import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, isGatewayRoute } from '@ushadow/kubernetes';
import type { Evidence } from './failure.ts';
import { containerFacts } from './container-facts.ts';
import { diagnoseContainer } from './diagnose-container.ts';
import type { EventFact } from './event-fact.ts';
import type { Finding } from './finding.ts';
import { CLAIM_RECOGNISERS, describeClaim } from './recognisers/claim-rows.ts';
import { CREATION_RECOGNISERS } from './recognisers/creation-rows.ts';
import { diagnoseListenerSet, diagnoseRoute } from './recognisers/route-rows.ts';
import type { PodFacts, PodRecogniser, PodObservation } from './recognisers/pod-recogniser.ts';
import { POD_RECOGNISERS } from './recognisers/pod-rows.ts';
import type { DiagnosisContext } from './diagnosis-context.ts';
import { currentReplicaSet, podsToJudge } from './workload-pods.ts';

/** Everything found wrong with one live object now. Status decides; events only refine it. */
export function diagnoseObject(object: KubeObject, context: DiagnosisContext): Finding[] {
  if (object.kind === 'PersistentVolumeClaim') return diagnoseClaim(object, context.view.eventsOf(object));
  if (isGatewayRoute(object)) return diagnoseRoute(object);
  if (object.kind === 'ListenerSet') return diagnoseListenerSet(object);
  const pods = podsToJudge(object, context.view);
  const creation = diagnoseCreation(object, pods.length > 0, context);
  return [...creation, ...pods.flatMap((pod) => diagnosePod(pod, pods, context))];
}

function diagnosePod(pod: KubeObject, siblings: readonly KubeObject[], context: DiagnosisContext): Finding[] {
  const events = context.view.eventsOf(pod);
  const facts: PodFacts = { pod, events, siblings, context };
  const families = new Map<string, Finding>();
  for (const row of POD_RECOGNISERS) {
    const seen = families.has(row.family) ? undefined : row.observation(facts);
    if (seen !== undefined) families.set(row.family, podFinding(row, facts, seen));
  }
  return [...families.values(), ...containerFacts(pod, events, context).flatMap(diagnoseContainer)];
}

function podFinding(row: PodRecogniser, facts: PodFacts, seen: PodObservation): Finding {
  const { code, family, rank, finality, graceMs } = row;
  const field = row.field?.(facts, seen.value) ?? '';
  const { podSpecPath } = facts.context;
  const evidence: Evidence = { kind: seen.path.startsWith('status') ? 'field' : 'event', ...seen };
  return {
    code,
    family,
    rank,
    finality: typeof finality === 'function' ? finality(facts, seen) : finality,
    ...(graceMs === undefined ? {} : { graceMs }),
    message: row.message(facts, seen.value),
    remedy: row.remedy(facts, seen.value),
    field: field === '' ? podSpecPath : `${podSpecPath}.${field}`,
    pod: facts.pod,
    restarts: 0,
    deaths: row.deaths?.(facts) ?? 0,
    token: `${facts.pod.metadata.name}|${seen.value}`,
    specific: true,
    evidence: [evidence, ...(row.evidence?.(facts, seen.value) ?? [])],
  };
}

/** A controller that cannot create its pods says so in a condition or an event. */
function diagnoseCreation(object: KubeObject, hasPods: boolean, context: DiagnosisContext): Finding[] {
  const said = creationTrouble(object, hasPods, context);
  const row = said === undefined ? undefined : CREATION_RECOGNISERS.find(({ text }) => text.test(said.value));
  if (said === undefined || row === undefined) return [];
  const { code, rank, finality } = row;
  const { podSpecPath, brought } = context;
  const field = row.field?.(said.value, podSpecPath);
  return [
    {
      code,
      family: 'create',
      rank,
      finality,
      message: `pods cannot be created: ${said.value}`,
      remedy: row.remedy(said.value, podSpecPath, brought),
      ...(field === undefined ? {} : { field }),
      restarts: 0,
      deaths: 0,
      token: `${said.value}|${said.count ?? 0}`,
      specific: true,
      evidence: [said, ...(row.evidence?.(said.value, podSpecPath) ?? [])],
    },
  ];
}

function creationTrouble(object: KubeObject, hasPods: boolean, context: DiagnosisContext): Evidence | undefined {
  const replicaSet = currentReplicaSet(object, context.view);
  const owners = replicaSet === undefined ? [object] : [replicaSet, object];
  const condition = owners
    .map((owner) => conditionOf(owner, 'ReplicaFailure'))
    .find((found) => found?.status === 'True');
  if (condition !== undefined)
    return { kind: 'field', path: 'status.conditions[type=ReplicaFailure]', value: condition.message };
  const event = hasPods ? undefined : failedCreate(owners, context);
  return event && { kind: 'event', path: event.reason, value: event.message, count: event.count };
}

/** Event times are whole seconds, on the clock of another part of the control plane. */
const CLOCK_SLACK_MS = 2_000;

function failedCreate(owners: readonly KubeObject[], { view, writtenAt }: DiagnosisContext): EventFact | undefined {
  return owners
    .flatMap((owner) => view.eventsOf(owner))
    .findLast(({ reason, seenAt }) => reason === 'FailedCreate' && seenAt >= writtenAt - CLOCK_SLACK_MS);
}

function diagnoseClaim(claim: KubeObject, events: readonly EventFact[]): Finding[] {
  const row = CLAIM_RECOGNISERS.find((candidate) => candidate.matches(claim, events) !== undefined);
  const text = row?.matches(claim, events);
  if (row === undefined || text === undefined) return [];
  const { code, rank, finality, remedy, graceMs, field } = row;
  const count = events.reduce((sum, event) => sum + event.count, 0);
  const reported = events.findLast(({ message }) => message === text);
  const evidence: Evidence =
    reported === undefined
      ? { kind: 'field', path: 'status', value: text }
      : { kind: 'event', path: reported.reason, value: text, count: reported.count };
  return [
    {
      code,
      family: 'claim',
      rank,
      finality,
      ...(graceMs === undefined ? {} : { graceMs }),
      message: `claim ${claim.metadata.name} (${describeClaim(claim)}): ${text}`,
      remedy,
      ...(field === '' ? {} : { field }),
      restarts: 0,
      deaths: 0,
      token: `${text}|${count}`,
      specific: graceMs === undefined,
      evidence: [evidence],
    },
  ];
}
