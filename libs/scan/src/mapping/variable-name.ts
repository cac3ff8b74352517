import { auxiliaryAfterType } from '../auxiliary.ts';
import type { Recogniser, RecogniserPort } from '../recogniser.ts';
import { recognisers } from '../recognisers.ts';
import { wordsOf } from '../words.ts';

export type VariableRole = 'url' | 'host' | 'port' | 'address';

/** What a variable asks for, by the last word of its name. */
const roles: Readonly<Record<string, VariableRole>> = {
  url: 'url',
  uri: 'url',
  dsn: 'url',
  connection: 'url',
  host: 'host',
  hostname: 'host',
  server: 'host',
  port: 'port',
  address: 'address',
  addr: 'address',
  endpoint: 'address',
  broker: 'address',
  brokers: 'address',
  servers: 'address',
  hosts: 'address',
  nodes: 'address',
};

/** Words of variables that configure a server itself, or say how others reach it: never an address to connect to. */
const ownWords = new Set(['advertised', 'bind', 'exposed', 'external', 'listen', 'listeners', 'public', 'published']);

export interface VariableName {
  readonly role: VariableRole | undefined;
  /** The type a word of the name stands for. */
  readonly recogniser: Recogniser | undefined;
  readonly words: readonly string[];
}

/** Undefined when the name is about something beside the infrastructure: `REDIS_EXPORTER_URL`, `MONGO_EXPRESS_URL`. */
export function readVariableName(variable: string): VariableName | undefined {
  const words = wordsOf(variable);
  const recogniser = recognisers.find(({ names }) => words.some((word) => names.includes(word)));
  const portWords = recogniser?.ports.map((port) => port.name) ?? [];
  if (words.some((word) => ownWords.has(word))) return undefined;
  if (auxiliaryAfterType(words, portWords) !== undefined) return undefined;
  const role = roles[words.at(-1) ?? ''];
  return { role, recogniser, words };
}

/** The port a name asks for by word or number, beside the word for the type: `QDRANT_GRPC_PORT`, `NEO4J_7474_URL`. */
export function portInName(name: VariableName, { names, ports }: Recogniser): RecogniserPort | undefined {
  const words = name.words.filter((word) => !names.includes(word));
  return ports.find((port) => words.includes(port.name) || words.includes(String(port.port)));
}
