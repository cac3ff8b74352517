import type { Evidence } from '../failure.ts';
import type { ContainerFacts } from './container-facts.ts';
import type { ContainerRecogniser } from './container-recognisers.ts';
import { CONTAINER_RECOGNISERS } from './container-recognisers.ts';
import type { Finding } from './finding.ts';

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
  return {
    code,
    family,
    rank,
    finality,
    message: row.message(facts),
    remedy: row.remedy(facts),
    container: facts.name,
    pod: facts.pod,
    restarts: facts.restarts,
    token: [facts.waitingReason, facts.restarts, eventCount, facts.waitingMessage].join('|'),
    specific: row.text !== undefined,
    evidence: evidenceOf(facts),
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
    ...(facts.restarts === 0 ? [] : field('restartCount', String(facts.restarts))),
    ...facts.events
      .filter(({ reason }) => reason !== 'Pulling' && reason !== 'Scheduled')
      .slice(-MAX_EVENTS)
      .map(({ reason, message, count }): Evidence => ({ kind: 'event', path: reason, value: message, count })),
  ];
}
