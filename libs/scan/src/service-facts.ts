import { imageFacts, type ImageFacts } from './judge-image.ts';
import { typeOfWords } from './type-of-words.ts';
import type { ContainerView } from './view/pod-view.ts';
import type { ServicePort, ServiceView } from './view/service-view.ts';
import { namingLabels } from './view/evidence-labels.ts';
import { wordsOf } from './type-of-words.ts';

/** What every recogniser asks of a Service, worked out once. */
export interface ServiceFacts {
  readonly service: ServiceView;
  readonly containers: readonly ContainerView[];
  /** Null when it could not be seen. */
  readonly ready: boolean | null;
  readonly nameWords: readonly string[];
  /** The type its name names. */
  readonly nameType: string | undefined;
  readonly labels: readonly { readonly text: string; readonly words: readonly string[] }[];
  readonly ports: readonly PortFacts[];
}

export interface PortFacts {
  readonly port: ServicePort;
  /** The container port it leads to, as a number. */
  readonly target: number;
  readonly words: readonly string[];
  /** Images of the containers that serve it, or may serve it when none declares the port. */
  readonly images: readonly ImageFacts[];
  readonly declared: boolean;
}

export function serviceFacts(
  service: ServiceView,
  containers: readonly ContainerView[],
  ready: boolean | null,
): ServiceFacts {
  const nameWords = wordsOf(service.name);
  return {
    service,
    containers,
    ready,
    nameWords,
    nameType: typeOfWords(nameWords),
    labels: namingLabels.flatMap((name) => {
      const value = service.labels.get(name);
      return value === undefined ? [] : [{ text: `${name}=${value}`, words: wordsOf(value) }];
    }),
    ports: service.ports.map((port) => portFacts(port, containers)),
  };
}

/** The containers that declare the port serve it; where none declares it, any of them may. */
function portFacts(port: ServicePort, containers: readonly ContainerView[]): PortFacts {
  const declaring = containers.filter((container) => container.ports.some((one) => serves(one, port)));
  const serving = declaring.length > 0 ? declaring : containers;
  return {
    port,
    target: targetNumber(port, declaring),
    words: wordsOf(port.name ?? ''),
    images: serving.filter(({ image }) => image !== '').map(({ image }) => imageFacts(image)),
    declared: declaring.length > 0,
  };
}

function serves(declared: { name: string | undefined; port: number }, port: ServicePort): boolean {
  return declared.port === port.target || (declared.name !== undefined && declared.name === port.target);
}

function targetNumber(port: ServicePort, declaring: readonly ContainerView[]): number {
  if (typeof port.target === 'number') return port.target;
  const declared = declaring.flatMap((container) => container.ports).find((one) => serves(one, port));
  return declared?.port ?? port.port;
}
