import type { Candidate, CandidatePort } from './candidate.ts';
import { calledSomethingElse, nameEvidence } from './name-evidence.ts';
import type { Recogniser } from './recogniser.ts';
import { roleOf } from './role.ts';
import type { ServiceFacts } from './service-facts.ts';
import { wordsOf } from './type-of-words.ts';

/** Nothing runs behind an ExternalName Service that we could see: its names and its declared port are all there is. */
export function judgeExternalName(facts: ServiceFacts, recogniser: Recogniser): Candidate | undefined {
  const { service } = facts;
  if (service.externalName === undefined || calledSomethingElse(facts)) return undefined;
  const named = nameEvidence(facts, recogniser);
  const byTarget = wordsOf(service.externalName).some((word) => recogniser.names.includes(word));
  if (!named.byName && named.byLabel === undefined && !byTarget) return undefined;
  const port = portOf(facts, recogniser);
  if (port === undefined) return undefined;
  const isUsual = service.ports.includes(port.port) && port.known !== undefined;
  const reasons = [
    named.byName ? 'its name' : undefined,
    named.byLabel === undefined ? undefined : `label ${named.byLabel}`,
    byTarget ? 'its external name' : undefined,
    service.ports.includes(port.port) ? `port ${port.port.port}` : 'the usual port is assumed',
  ];
  return {
    type: recogniser.type,
    service,
    ports: [port],
    usualPort: isUsual,
    confidence: isUsual ? 'medium' : 'low',
    role: roleOf(service),
    reason: reasons.filter((reason) => reason !== undefined).join(', '),
    ready: null,
    secretRefs: [],
  };
}

/** The declared port that applications use, else the only declared one, else the usual one when none is declared. */
function portOf({ service }: ServiceFacts, { ports }: Recogniser): CandidatePort | undefined {
  const [main] = ports;
  const usual = service.ports.find((port) => port.port === main.port);
  if (usual !== undefined) return { port: usual, target: usual.port, known: main };
  const [only, ...others] = service.ports;
  if (only !== undefined && others.length > 0) return undefined;
  if (only !== undefined) return { port: only, target: only.port, known: undefined };
  const assumed = { name: main.name, port: main.port, target: main.port, nodePort: undefined };
  return { port: assumed, target: main.port, known: main };
}
