import type { JsonValue } from '@ushadow/kubernetes/json';
import { OWNER_ANNOTATION, readOwner } from '@ushadow/kubernetes/owner';
import { keptOf, labelsAt, listAt, numberAt, textAt, wordAt } from './read-json.ts';
import { installationLabels, isEvidenceLabel, MANAGED_BY } from './evidence-labels.ts';

export interface ServicePort {
  readonly name: string | undefined;
  readonly port: number;
  /** Number or name of a container port; the port itself when not given. */
  readonly target: number | string;
  readonly nodePort: number | undefined;
}

/** What a scan keeps of a Service. */
export interface ServiceView {
  readonly name: string;
  readonly namespace: string;
  readonly type: string;
  readonly headless: boolean;
  readonly externalName: string | undefined;
  /** Those that are evidence; the others are not kept. */
  readonly labels: ReadonlyMap<string, string>;
  /** Empty when the Service selects no pods. */
  readonly selector: ReadonlyMap<string, string>;
  readonly ports: readonly ServicePort[];
  /** Addresses a load balancer gave: IP or host name. */
  readonly loadBalancer: readonly string[];
  /** Only nodes with a pod behind it answer on its node ports. */
  readonly local: boolean;
  /** Kind and name of what made it, when it says so. */
  readonly madeBy: string | undefined;
  /** What it shares with the other Services of the same installation; undefined when it does not say. */
  readonly installation: string | undefined;
  /** Project of the stack that it belongs to. */
  readonly stack: string | undefined;
}

/** Throws for an object that has no name: nothing useful can be said about it. */
export function readService(service: unknown): ServiceView {
  const name = textAt(service, 'metadata', 'name');
  if (name === undefined) throw new Error('a Service without a name');
  const labels = labelsAt(service, ['metadata', 'labels'], isEvidenceLabel);
  const owner = ownerOf(service);
  return {
    name,
    namespace: textAt(service, 'metadata', 'namespace') ?? 'default',
    type: wordAt(service, 'spec', 'type') ?? 'ClusterIP',
    headless: textAt(service, 'spec', 'clusterIP') === 'None',
    externalName: textAt(service, 'spec', 'externalName'),
    labels,
    selector: labelsAt(service, ['spec', 'selector'], () => true),
    ports: keptOf(listAt(service, 'spec', 'ports'), readPort),
    loadBalancer: keptOf(
      listAt(service, 'status', 'loadBalancer', 'ingress'),
      (ingress) => textAt(ingress, 'ip') ?? textAt(ingress, 'hostname'),
    ),
    local: textAt(service, 'spec', 'externalTrafficPolicy') === 'Local',
    madeBy: owner ?? labels.get(MANAGED_BY),
    installation: installationLabels.map((key) => labels.get(key)).find((value) => value !== undefined) ?? owner,
    stack: stackOf(service),
  };
}

/** A mark that cannot be read says all the same that it is somebody's. */
function stackOf(service: unknown): string | undefined {
  const mark = textAt(service, 'metadata', 'annotations', OWNER_ANNOTATION);
  return mark === undefined ? undefined : (readOwner(mark)?.project ?? '?');
}

function readPort(port: JsonValue): ServicePort | undefined {
  const number = numberAt(port, 'port');
  if (number === undefined) return undefined;
  const target = numberAt(port, 'targetPort') ?? wordAt(port, 'targetPort') ?? number;
  return { name: wordAt(port, 'name'), port: number, target, nodePort: numberAt(port, 'nodePort') };
}

function ownerOf(service: unknown): string | undefined {
  const owner = listAt(service, 'metadata', 'ownerReferences')[0];
  const kind = wordAt(owner, 'kind');
  return kind === undefined ? undefined : `${kind}/${textAt(owner, 'name') ?? '?'}`;
}
