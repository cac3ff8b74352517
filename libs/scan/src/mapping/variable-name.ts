import { auxiliaryAfterType } from '../auxiliary.ts';
import type { Recogniser, RecogniserPort } from '../recogniser.ts';
import { recogniserOf, recognisers } from '../recognisers.ts';
import { typeOfWords } from '../type-of-words.ts';
import { wordsOf } from '../type-of-words.ts';

export type VariableRole = 'url' | 'host' | 'port' | 'address';

/** What a variable asks for, by the last word of its name. */
const roles: Readonly<Record<string, VariableRole>> = {
  url: 'url',
  urls: 'url',
  uri: 'url',
  dsn: 'url',
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

const byVariableWord = new Map(
  recognisers.flatMap((recogniser) => (recogniser.variableNames ?? []).map((word) => [word, recogniser] as const)),
);

export interface VariableName {
  readonly role: VariableRole | undefined;
  /** The type a word of the name stands for. */
  readonly recogniser: Recogniser | undefined;
  /** The word is one that says so only where the default does not say otherwise. */
  readonly weak: boolean;
  /** It is about something beside the infrastructure: `REDIS_EXPORTER_URL`, `POSTGRES_MIGRATION_URL`. */
  readonly beside: boolean;
  readonly words: readonly string[];
}

/** Undefined when no value of the variable can be an address to connect to. */
export function readVariableName(variable: string): VariableName | undefined {
  const words = wordsOf(variable).flatMap(apart);
  if (words.some((word) => ownWords.has(word))) return undefined;
  const strong = recogniserOf(typeOfWords(words) ?? '');
  const recogniser = strong ?? words.map((word) => byVariableWord.get(word)).find((one) => one !== undefined);
  const portWords = recogniser?.ports.map((port) => port.name) ?? [];
  return {
    role: roles[words.at(-1) ?? ''],
    recogniser,
    weak: strong === undefined,
    beside: auxiliaryAfterType(words, portWords) !== undefined,
    words,
  };
}

/** `PGHOST` and `REDISPORT` are two words. */
function apart(word: string): string[] {
  const [, type, role] = /^(.+?)(host|port|url|uri)$/.exec(word) ?? [];
  return type !== undefined && role !== undefined && typeOfWords([type]) !== undefined ? [type, role] : [word];
}

/** The port a name asks for by word or number, beside the word for the type: `QDRANT_GRPC_PORT`, `NEO4J_7474_URL`. */
export function portInName(name: VariableName, { names, ports }: Recogniser): RecogniserPort | undefined {
  const words = name.words.filter((word) => !names.includes(word));
  return ports.find((port) => words.includes(port.name) || words.includes(String(port.port)));
}
