import { DomainError } from '@ushadow/contracts';
import { listAt, numberAt, textAt, type KubeObject } from '@ushadow/kubernetes';

const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';
/** Where pages are served by habit, the likeliest first. */
const USUAL_PORTS = [80, 8080, 8000, 3000, 5000, 8888, 443, 8443];

/** The pod that was named, or those that run, the newest that is ready first. @throws DomainError where there is none */
export function podsInOrder(service: string, pods: readonly KubeObject[], named: string | undefined): KubeObject[] {
  if (named !== undefined) {
    const found = pods.filter(({ metadata }) => metadata.name === named);
    if (found.length > 0) return found;
    const known = pods.map(({ metadata }) => metadata.name).join(', ');
    throw podNotFound(`${service} has no pod ${named}. ${known === '' ? 'It has none.' : `It has: ${known}.`}`);
  }
  const alive = pods.filter((pod) => pod.metadata['deletionTimestamp'] === undefined && isAlive(pod));
  return alive.toSorted(
    (one, other) => Number(isReady(other)) - Number(isReady(one)) || createdAt(other).localeCompare(createdAt(one)),
  );
}

/** The container that was named, or the one that the pod calls its main one, or its first. @throws DomainError */
export function chooseContainer(pod: KubeObject, named: string | undefined): string {
  const all = containersOf(pod);
  const wanted = named ?? pod.metadata.annotations?.[DEFAULT_CONTAINER] ?? namesOf(pod, 'containers')[0] ?? '';
  if (all.includes(wanted)) return wanted;
  const message = `The pod ${pod.metadata.name} has no container ${wanted}. It has: ${all.join(', ')}.`;
  throw new DomainError('CONTAINER_NOT_FOUND', 'not-found', message);
}

/** The port that was named, or of those that the containers declare the one that looks most like pages. @throws DomainError */
export function choosePort(pod: KubeObject, named: number | undefined): number {
  if (named !== undefined) return named;
  const declared = listAt(pod, ['spec', 'containers'])
    .flatMap((container) => listAt(container, ['ports']))
    .filter((port) => ['', 'TCP'].includes(textAt(port, ['protocol'])))
    .map((port) => numberAt(port, ['containerPort']));
  const best = USUAL_PORTS.find((port) => declared.includes(port)) ?? declared[0];
  if (best !== undefined) return best;
  throw new DomainError(
    'PORT_UNKNOWN',
    'invalid',
    `The pod ${pod.metadata.name} declares no port; say which one is meant.`,
  );
}

function isReady(pod: KubeObject): boolean {
  const ready = listAt(pod, ['status', 'conditions']).find((each) => each['type'] === 'Ready');
  return ready?.['status'] === 'True';
}

function isAlive(pod: KubeObject): boolean {
  return !['Succeeded', 'Failed'].includes(textAt(pod, ['status', 'phase']));
}

function createdAt(pod: KubeObject): string {
  return textAt(pod, ['metadata', 'creationTimestamp']);
}

function containersOf(pod: KubeObject): string[] {
  return ['containers', 'initContainers', 'ephemeralContainers'].flatMap((part) => namesOf(pod, part));
}

function namesOf(pod: KubeObject, part: string): string[] {
  return listAt(pod, ['spec', part]).map((container) => textAt(container, ['name']));
}

export function podNotFound(message: string): DomainError {
  return new DomainError('POD_NOT_FOUND', 'not-found', message);
}
