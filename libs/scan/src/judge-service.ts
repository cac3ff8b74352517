import type { Candidate, CandidatePort, Confidence, SecretReference } from './candidate.ts';
import { judgeExternalName } from './judge-external-name.ts';
import type { ImageKind } from './judge-image.ts';
import { judgePort, type PortEvidence } from './judge-port.ts';
import { calledSomethingElse, nameEvidence, type NameEvidence } from './name-evidence.ts';
import type { Recogniser } from './recogniser.ts';
import { memberWords } from './role-words.ts';
import { roleOf, type Role } from './role.ts';
import type { ContainerView } from './view/pod-view.ts';
import type { ServiceFacts } from './service-facts.ts';

/** Undefined when nothing, or not enough, is evidence of the type. */
export function judgeService(facts: ServiceFacts, recogniser: Recogniser): Candidate | undefined {
  const { service, containers, ready } = facts;
  if (service.type === 'ExternalName') return judgeExternalName(facts, recogniser);
  const evidence = facts.ports
    .map((port) => judgePort(port, recogniser))
    .filter(({ image }) => image.kind !== 'other' && image.kind !== 'auxiliary');
  const main = mainPort(evidence, facts, recogniser);
  if (main === undefined) return undefined;
  const named = nameEvidence(facts, recogniser);
  const confidence = confidenceOf(main, named, facts, recogniser);
  if (confidence === undefined) return undefined;
  const role = roleOf(service);
  const others = evidence.filter((one) => one !== main && one.known !== undefined && one.known.use !== 'inner');
  return {
    type: recogniser.type,
    service,
    ports: [toCandidatePort(main), ...others.map(toCandidatePort)],
    usualPort: main.known === recogniser.ports[0],
    confidence,
    role,
    reason: reasonOf(main, named, role),
    ready,
    secretRefs: secretRefsOf(containers, recogniser),
  };
}

/** The port applications connect to: by the recogniser's order, else the only one there is. */
function mainPort(
  evidence: readonly PortEvidence[],
  facts: ServiceFacts,
  recogniser: Recogniser,
): PortEvidence | undefined {
  const known = recogniser.ports
    .filter((port) => port.use === undefined)
    .map((port) => evidence.find((one) => one.known === port))
    .find((one) => one !== undefined);
  if (known !== undefined) return known;
  const unknown = evidence.filter((one) => one.known === undefined && !one.inner);
  const byPortName = unknown.find((one) => one.namesType);
  if (byPortName !== undefined || facts.nameWords.some((word) => memberWords.has(word))) return byPortName;
  return unknown.length === 1 ? unknown[0] : undefined;
}

/** The evidence of a type, as far as the decision needs it. */
interface Signs {
  readonly kind: ImageKind;
  /** It is that image that serves the port, and not one beside it in the pod. */
  readonly certain: boolean;
  readonly known: boolean;
  /** On a port that applications connect to. */
  readonly onPort: boolean;
  /** On one that hardly anything else uses, or that has the type's name. */
  readonly pointsAtType: boolean;
  readonly byName: boolean;
  readonly byLabel: boolean;
  /** Nothing but the name is known: one port that is not the web's, and a name that ends with the type. */
  readonly onlyCalled: boolean;
}

/** First row that holds decides; none means not enough. */
const decisions: readonly { readonly confidence: Confidence; readonly holds: (signs: Signs) => boolean }[] = [
  {
    confidence: 'high',
    holds: ({ kind, certain, known, pointsAtType }) => kind === 'match' && known && (certain || pointsAtType),
  },
  { confidence: 'medium', holds: ({ kind, certain }) => kind === 'match' && certain },
  { confidence: 'medium', holds: ({ kind, onPort }) => kind === 'likely' && onPort },
  {
    confidence: 'medium',
    holds: ({ kind, onPort, byName, byLabel }) => kind !== 'likely' && onPort && (byName || byLabel),
  },
  { confidence: 'low', holds: ({ kind, pointsAtType }) => kind !== 'likely' && pointsAtType },
  { confidence: 'low', holds: ({ kind, onlyCalled }) => kind === 'unseen' && onlyCalled },
];

/** Ports of anything that has a web page. */
const webPorts = new Set([80, 443, 3000, 4000, 5000, 8000, 8080, 8081, 8443, 8888, 9090]);

/** An exporter's or operator's name leaves only what image and port prove. */
function confidenceOf(
  main: PortEvidence,
  named: NameEvidence,
  facts: ServiceFacts,
  recogniser: Recogniser,
): Confidence | undefined {
  const signs: Signs = {
    kind: main.image.kind,
    certain: main.image.certain,
    known: main.known !== undefined,
    onPort: main.knownNumber || main.namesType,
    pointsAtType: main.namesType || (main.usualNumber && recogniser.distinctivePort),
    byName: named.byName,
    byLabel: named.byLabel !== undefined,
    onlyCalled: named.isCalled && facts.ports.length === 1 && !webPorts.has(main.target),
  };
  const found = decisions.find((decision) => decision.holds(signs))?.confidence;
  return found === 'high' || !calledSomethingElse(facts) ? found : undefined;
}

function reasonOf(main: PortEvidence, named: NameEvidence, role: Role): string {
  const { port, known, image } = main;
  const parts = [
    image.image === undefined || image.kind === 'unknown' ? undefined : `image ${image.image}`,
    known === undefined ? undefined : `port ${port.port}${port.name === undefined ? '' : ` (${port.name})`}`,
    named.byLabel === undefined ? undefined : `label ${named.byLabel}`,
    named.byName ? 'its name' : undefined,
    image.kind === 'unknown' ? `image ${image.image ?? ''} says nothing` : undefined,
    image.kind === 'unseen' ? 'no pod to be seen behind it' : undefined,
    role === 'read-only' ? 'leads to copies that may be read only' : undefined,
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
