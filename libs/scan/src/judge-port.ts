import { judgeImages, type ImageVerdict } from './judge-image.ts';
import type { Recogniser, RecogniserPort } from './recogniser.ts';
import type { ContainerView } from './view/pod-view.ts';
import type { ServicePort } from './view/service-view.ts';
import { wordsOf } from './words.ts';

export interface PortEvidence {
  readonly port: ServicePort;
  /** The container port it leads to, as a number. */
  readonly target: number;
  /** Which of the type's ports it is, by number or name. */
  readonly known: RecogniserPort | undefined;
  /** Its number is the one applications connect to; a name such as `http` says nothing about the type. */
  readonly usualNumber: boolean;
  /** Its name has a word that belongs to the type alone. */
  readonly tellingName: boolean;
  readonly image: ImageVerdict;
}

export function judgePort(
  port: ServicePort,
  containers: readonly ContainerView[],
  recogniser: Recogniser,
): PortEvidence {
  const declaring = containers.filter((container) => container.ports.some((one) => serves(one, port)));
  const target = targetNumber(port, declaring);
  const serving = declaring.length > 0 ? declaring : containers;
  const words = wordsOf(port.name ?? '');
  return {
    port,
    target,
    known: knownPort(port, target, words, recogniser),
    usualNumber: [target, port.port].includes(recogniser.ports[0].port),
    tellingName: words.some((word) => recogniser.names.includes(word) || recogniser.portNames?.includes(word)),
    image: judgeImages(
      serving.map((container) => container.image),
      recogniser,
    ),
  };
}

function knownPort(
  port: ServicePort,
  target: number,
  words: readonly string[],
  { ports }: Recogniser,
): RecogniserPort | undefined {
  return (
    ports.find((one) => one.port === target) ??
    ports.find((one) => one.port === port.port) ??
    ports.find((one) => words.includes(one.name))
  );
}

function serves(declared: { name: string | undefined; port: number }, port: ServicePort): boolean {
  return declared.port === port.target || (declared.name !== undefined && declared.name === port.target);
}

function targetNumber(port: ServicePort, declaring: readonly ContainerView[]): number {
  if (typeof port.target === 'number') return port.target;
  const declared = declaring.flatMap((container) => container.ports).find((one) => serves(one, port));
  return declared?.port ?? port.port;
}
