import { auxiliaryWord } from './auxiliary.ts';
import type { Candidate } from './candidate.ts';
import { calledWords, nameEvidence } from './name-evidence.ts';
import type { Recogniser } from './recogniser.ts';
import type { ServiceFacts } from './service-facts.ts';
import { wordsOf } from './words.ts';

/** Nothing runs behind an ExternalName Service that we could see: its names and its declared port are all there is. */
export function judgeExternalName(facts: ServiceFacts, recogniser: Recogniser): Candidate | undefined {
  const { service } = facts;
  if (service.externalName === undefined) return undefined;
  const named = nameEvidence(facts, recogniser);
  const byTarget = wordsOf(service.externalName).some((word) => recogniser.names.includes(word));
  if (!named.byName && named.byLabel === undefined && !byTarget) return undefined;
  if (auxiliaryWord(calledWords(facts)) !== undefined) return undefined;
  const [main] = recogniser.ports;
  const declared = service.ports.find((port) => port.port === main.port);
  if (declared === undefined && service.ports.length > 0) return undefined;
  const port = declared ?? { name: main.name, port: main.port, target: main.port, nodePort: undefined };
  const reasons = [
    named.byName ? 'its name' : undefined,
    named.byLabel === undefined ? undefined : `label ${named.byLabel}`,
    byTarget ? 'its external name' : undefined,
    declared === undefined ? 'the usual port is assumed' : `port ${declared.port}`,
  ];
  return {
    type: recogniser.type,
    service,
    ports: [{ port, target: port.port, known: main }],
    confidence: declared === undefined ? 'low' : 'medium',
    reason: reasons.filter((reason) => reason !== undefined).join(', '),
    ready: null,
    secretRefs: [],
  };
}
