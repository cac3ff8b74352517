import { auxiliaryWord } from './auxiliary.ts';
import type { Candidate, CandidatePort, Confidence, SecretReference } from './candidate.ts';
import { judgeExternalName } from './judge-external-name.ts';
import type { ImageKind } from './judge-image.ts';
import { judgePort, type PortEvidence } from './judge-port.ts';
import { calledWords, nameEvidence, type NameEvidence } from './name-evidence.ts';
import type { Recogniser } from './recogniser.ts';
import type { ContainerView } from './view/pod-view.ts';
import type { ServiceFacts } from './service-facts.ts';

/** Undefined when nothing, or not enough, speaks for the type. */
export function judgeService(facts: ServiceFacts, recogniser: Recogniser): Candidate | undefined {
  const { service, containers, ready } = facts;
  if (service.type === 'ExternalName') return judgeExternalName(facts, recogniser);
  const named = nameEvidence(facts, recogniser);
  const evidence = facts.ports
    .map((port) => judgePort(port, recogniser))
    .filter(({ image }) => image.kind !== 'other' && image.kind !== 'auxiliary');
  const main = mainPort(evidence, recogniser);
  if (main === undefined) return undefined;
  const confidence = confidenceOf(main, named, facts, recogniser);
  if (confidence === undefined) return undefined;
  const others = evidence.filter((one) => one !== main && one.known !== undefined);
  return {
    type: recogniser.type,
    service,
    ports: [toCandidatePort(main), ...others.map(toCandidatePort)],
    confidence,
    reason: reasonOf(main, named),
    ready,
    secretRefs: secretRefsOf(containers, recogniser),
  };
}

/** The port applications connect to: by the recogniser's order, else the only one there is. */
function mainPort(evidence: readonly PortEvidence[], recogniser: Recogniser): PortEvidence | undefined {
  const known = recogniser.ports
    .map((port) => evidence.find((one) => one.known === port))
    .find((one) => one !== undefined);
  return known ?? evidence.find((one) => one.tellingName) ?? (evidence.length === 1 ? evidence[0] : undefined);
}

/** What speaks for a type, boiled down to what the decision needs. */
interface Signs {
  readonly kind: ImageKind;
  readonly known: boolean;
  /** On the port applications connect to. */
  readonly onPort: boolean;
  readonly tellingPort: boolean;
  readonly byName: boolean;
  readonly byLabel: boolean;
  readonly onlyPort: boolean;
}

/** First row that holds decides; none means not enough. */
const decisions: readonly { readonly confidence: Confidence; readonly holds: (signs: Signs) => boolean }[] = [
  { confidence: 'high', holds: ({ kind, known }) => kind === 'match' && known },
  { confidence: 'medium', holds: ({ kind }) => kind === 'match' },
  { confidence: 'medium', holds: ({ kind, onPort }) => kind === 'likely' && onPort },
  {
    confidence: 'medium',
    holds: ({ kind, onPort, byName, byLabel }) => kind !== 'likely' && onPort && (byName || byLabel),
  },
  { confidence: 'low', holds: ({ kind, onPort, tellingPort }) => kind !== 'likely' && onPort && tellingPort },
  { confidence: 'low', holds: ({ kind, onlyPort, byName }) => kind === 'unseen' && onlyPort && byName },
];

/** An exporter's or operator's name leaves only what image and port prove. */
function confidenceOf(
  main: PortEvidence,
  named: NameEvidence,
  facts: ServiceFacts,
  recogniser: Recogniser,
): Confidence | undefined {
  const signs: Signs = {
    kind: main.image.kind,
    known: main.known !== undefined,
    onPort: main.usualNumber || main.tellingName,
    tellingPort: main.tellingName || recogniser.distinctivePort,
    byName: named.byName,
    byLabel: named.byLabel !== undefined,
    onlyPort: facts.ports.length === 1,
  };
  const found = decisions.find((decision) => decision.holds(signs))?.confidence;
  return found === 'high' || auxiliaryWord(calledWords(facts)) === undefined ? found : undefined;
}

function reasonOf(main: PortEvidence, named: NameEvidence): string {
  const { port, known, image } = main;
  const parts = [
    image.image === undefined || image.kind === 'unknown' ? undefined : `image ${image.image}`,
    known === undefined ? undefined : `port ${port.port}${port.name === undefined ? '' : ` (${port.name})`}`,
    named.byLabel === undefined ? undefined : `label ${named.byLabel}`,
    named.byName ? 'its name' : undefined,
    image.kind === 'unknown' ? `image ${image.image ?? ''} says nothing` : undefined,
    image.kind === 'unseen' ? 'no pod to be seen behind it' : undefined,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function secretRefsOf(containers: readonly ContainerView[], { credentials }: Recogniser): SecretReference[] {
  const variables = containers.flatMap((container) => container.secretVariables);
  return (['user', 'password'] as const).flatMap((role) => {
    const found = (credentials?.[role] ?? [])
      .map((name) => variables.find((one) => one.variable === name))
      .find((one) => one !== undefined);
    return found === undefined ? [] : [{ role, name: found.secret, key: found.key }];
  });
}

const toCandidatePort = ({ port, target, known }: PortEvidence): CandidatePort => ({ port, target, known });
