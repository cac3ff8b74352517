import { judgeImages, type ImageVerdict } from './judge-image.ts';
import type { Recogniser, RecogniserPort } from './recogniser.ts';
import type { PortFacts } from './service-facts.ts';
import type { ServicePort } from './view/service-view.ts';

export interface PortEvidence {
  readonly port: ServicePort;
  /** The container port it leads to, as a number. */
  readonly target: number;
  /** Which of the type's ports it is, by number or name. */
  readonly known: RecogniserPort | undefined;
  /** Its number is the one applications connect to; a name such as `http` says nothing about the type. */
  readonly usualNumber: boolean;
  /** Its number is one of those. */
  readonly knownNumber: boolean;
  /** Its name has a word of what members of an installation, or monitoring, use. */
  readonly inner: boolean;
  /** Its name has a word that belongs to the type alone. */
  readonly namesType: boolean;
  readonly image: ImageVerdict;
}

const innerWords = new Set([
  'agent',
  'bus',
  'cluster',
  'controller',
  'ctrlplane',
  'debug',
  'discovery',
  'epmd',
  'exporter',
  'galera',
  'gossip',
  'health',
  'heartbeat',
  'interbroker',
  'interserver',
  'ist',
  'jgroups',
  'jmx',
  'metrics',
  'p2p',
  'peer',
  'prometheus',
  'raft',
  'replication',
  'rpc',
  'sst',
  'transport',
]);

export function judgePort(facts: PortFacts, recogniser: Recogniser): PortEvidence {
  const { port, target, words, images, declared } = facts;
  const numbers = [target, port.port];
  return {
    port,
    target,
    known: knownPort(facts, recogniser),
    usualNumber: numbers.includes(recogniser.ports[0].port),
    knownNumber: recogniser.ports.some((one) => one.use === undefined && numbers.includes(one.port)),
    inner: words.some((word) => innerWords.has(word)),
    namesType: words.some((word) => recogniser.names.includes(word) || recogniser.portNames?.includes(word)),
    image: judgeImages(images, declared, recogniser),
  };
}

function knownPort({ port, target, words }: PortFacts, { ports }: Recogniser): RecogniserPort | undefined {
  return (
    ports.find((one) => one.port === target) ??
    ports.find((one) => one.port === port.port) ??
    ports.find((one) => words.includes(one.name))
  );
}
