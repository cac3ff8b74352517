import type { Evidence } from './failure.ts';
import type { ContainerFacts } from './container-facts.ts';
import type { Finding } from './finding.ts';
import type { ContainerRecogniser } from './recognisers/container-recogniser.ts';
import { CONTAINER_RECOGNISERS } from './recognisers/container-rows.ts';

const MAX_EVENTS = 3;

/** At most one finding per family: the first row that matches. */
export function diagnoseContainer(facts: ContainerFacts): Finding[] {
  const families = new Map<string, Finding>();
  for (const row of CONTAINER_RECOGNISERS) {
    if (families.has(row.family) || !row.state(facts) || row.text?.test(facts.text) === false) continue;
    families.set(row.family, toFinding(row, facts));
  }
  return [...families.values()];
}

function toFinding(row: ContainerRecogniser, facts: ContainerFacts): Finding {
  const { code, family, rank, finality } = row;
  const eventCount = facts.events.reduce((sum, { count }) => sum + count, 0);
  const graceMs = row.graceMs?.(facts) ?? 0;
  const field = row.field(facts);
  return {
    code,
    family,
    rank,
    finality: typeof finality === 'function' ? finality(facts) : finality,
    ...(graceMs > 0 ? { graceMs } : {}),
    message: row.message(facts),
    remedy: row.remedy(facts),
    field: field === '' ? facts.path : `${facts.path}.${field}`,
    container: facts.name,
    pod: facts.pod,
    restarts: facts.restarts,
    deaths: facts.deaths,
    token: [facts.waitingReason, facts.restarts, eventCount, facts.waitingMessage].join('|'),
    specific: row.text !== undefined,
    evidence: [...evidenceOf(facts), ...(row.evidence?.(facts) ?? [])],
  };
}

function evidenceOf(facts: ContainerFacts): Evidence[] {
  const list = facts.isInit ? 'initContainerStatuses' : 'containerStatuses';
  const path = `status.${list}[name=${facts.name}]`;
  const field = (name: string, value: string): Evidence[] =>
    value === '' ? [] : [{ kind: 'field', path: `${path}.${name}`, value }];
  return [
    ...field('state.waiting.reason', facts.waitingReason),
    ...field('state.waiting.message', facts.waitingMessage),
    ...(facts.ended === undefined ? [] : field('terminated', `${facts.ended.reason} ${facts.ended.exitCode}`)),
    ...field('terminated.message', facts.ended?.message ?? ''),
    ...(facts.restarts === 0 ? [] : field('restartCount', String(facts.restarts))),
    ...(facts.isRunning && !facts.isReady ? field('ready', 'false') : []),
    ...facts.events
      .filter(({ reason }) => !ROUTINE.has(reason))
      .slice(-MAX_EVENTS)
      .map(({ reason, message, count }): Evidence => ({ kind: 'event', path: reason, value: message, count })),
  ];
}

/** Said of every pod, whatever becomes of it. */
const ROUTINE: ReadonlySet<string> = new Set(['Scheduled', 'Pulling', 'Pulled', 'Created', 'Started']);
