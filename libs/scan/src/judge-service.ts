import { auxiliaryWord } from './auxiliary.ts';
import type { Candidate, CandidatePort, Confidence, SecretReference } from './candidate.ts';
import { judgeExternalName } from './judge-external-name.ts';
import { judgePort, type PortEvidence } from './judge-port.ts';
import { nameEvidence, type NameEvidence } from './name-evidence.ts';
import type { Recogniser } from './recogniser.ts';
import type { ContainerView } from './view/pod-view.ts';
import type { ServiceView } from './view/service-view.ts';

/** Undefined when nothing, or not enough, speaks for the type. */
export function judgeService(
  service: ServiceView,
  containers: readonly ContainerView[],
  ready: boolean | null,
  recogniser: Recogniser,
): Candidate | undefined {
  if (service.type === 'ExternalName') return judgeExternalName(service, recogniser);
  const named = nameEvidence(service, recogniser);
  const evidence = service.ports
    .map((port) => judgePort(port, containers, recogniser))
    .filter(({ image }) => image.kind !== 'other' && image.kind !== 'auxiliary');
  const main = mainPort(evidence, recogniser);
  if (main === undefined) return undefined;
  const confidence = confidenceOf(main, named, service, recogniser);
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

function confidenceOf(
  main: PortEvidence,
  named: NameEvidence,
  service: ServiceView,
  recogniser: Recogniser,
): Confidence | undefined {
  const { kind } = main.image;
  if (kind === 'match' && main.known !== undefined) return 'high';
  const auxiliary = auxiliaryWord(named.words) !== undefined;
  if (auxiliary) return undefined;
  if (kind === 'match') return 'medium';
  const onPort = main.usualNumber || main.tellingName;
  if (kind === 'likely') return onPort ? 'medium' : undefined;
  if (onPort && (named.byName || named.byLabel !== undefined)) return 'medium';
  if (onPort && (main.tellingName || recogniser.distinctivePort)) return 'low';
  const nothingElseKnown = kind === 'unseen' && service.ports.length === 1;
  return nothingElseKnown && named.byName ? 'low' : undefined;
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
