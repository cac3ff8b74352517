import { auxiliaryAfterType } from '../auxiliary.ts';
import type { Recogniser } from '../recogniser.ts';
import { recogniserOf, recognisers } from '../recognisers.ts';
import { typeOfWords } from '../type-of-words.ts';
import { wordsOf } from '../type-of-words.ts';
import type { DeclaredDefault, KeywordDefault } from './declared-default.ts';
import type { AddressDefault } from './read-url.ts';
import { isNoDestination, isPublicName } from './hosts.ts';
import type { VariableName } from './variable-name.ts';

/** Schemes that many kinds of servers share: the type then shows in the variable's name or the default's host. */
const sharedSchemes = new Set(['http', 'https', 'grpc', 'tcp', 'tls', 'ssl', 'ws', 'wss', 's3']);

/** What they are called in Kafka's lists of brokers. */
const kafkaSchemes = new Set(['plaintext', 'sasl_plaintext', 'sasl_ssl']);
const webSchemes = new Set(['http', 'https']);

/** The type a variable stands for. Undefined when nothing says so, or when name and default contradict each other. */
export function recogniserOfDefault(shape: DeclaredDefault, name: VariableName): Recogniser | undefined {
  switch (shape.kind) {
    case 'url':
    case 'host':
    case 'host-port':
      return ofAddress(shape, name);
    case 'keywords':
      return ofKeywords(shape, name);
    case 'port':
      return name.role === 'port' && !name.beside ? name.recogniser : undefined;
    case 'none':
      return name.role === undefined || name.beside || asksForTls(name) ? undefined : name.recogniser;
    case 'other':
      return undefined;
  }
}

function ofAddress(shape: AddressDefault, name: VariableName): Recogniser | undefined {
  if (isNoDestination(shape.host)) return undefined;
  const recogniser = { url: ofUrl, host: ofBareHost, 'host-port': ofHostPort }[shape.kind](shape, name);
  return recogniser !== undefined && isElsewhere(shape, name, recogniser) ? undefined : recogniser;
}

function ofKeywords({ host }: KeywordDefault, name: VariableName): Recogniser | undefined {
  const recogniser = isNoDestination(host) ? undefined : agreed(name, ofHost(host));
  return recogniser?.keywords === true ? recogniser : undefined;
}

function ofUrl({ host, scheme = '' }: AddressDefault, name: VariableName): Recogniser | undefined {
  if (scheme.endsWith('+srv')) return undefined;
  if (sharedSchemes.has(scheme) || kafkaSchemes.has(scheme)) {
    const recogniser = agreed(name, ofHost(host));
    const speaks = scheme === 'tcp' || recogniser?.ports.some((port) => port.schemes?.includes(scheme));
    return speaks ? recogniser : undefined;
  }
  const parts = scheme.split('+');
  const byScheme = recognisers.find(({ schemes }) => parts.some((part) => schemes.includes(part)));
  const { recogniser: byName, weak } = name;
  return byName === undefined || byName === byScheme || weak ? byScheme : undefined;
}

function ofBareHost({ host }: AddressDefault, name: VariableName): Recogniser | undefined {
  if (name.role === undefined || name.role === 'port' || name.beside) return undefined;
  return agreed(name, ofHost(host));
}

/** By name and host; where neither says anything, by a number that hardly anything else uses. */
function ofHostPort({ host, port }: AddressDefault, name: VariableName): Recogniser | undefined {
  const recogniser = agreed(name, ofHost(host));
  const usual = recogniser?.ports.some((one) => one.port === port) ?? false;
  if (usual || recogniser !== undefined) return usual || name.role !== undefined ? recogniser : undefined;
  if (name.role === undefined || name.beside || auxiliaryAfterType(wordsOf(host)) !== undefined) return undefined;
  return recognisers.find(({ distinctivePort, ports: [main] }) => distinctivePort && main.port === port);
}

/** A name that is about something beside the type says nothing; the default may. */
function agreed({ recogniser, weak, beside }: VariableName, byHost: Recogniser | undefined): Recogniser | undefined {
  if (beside || recogniser === undefined) return byHost;
  if (byHost === undefined || byHost === recogniser) return recogniser;
  return weak ? byHost : undefined;
}

function ofHost(host: string): Recogniser | undefined {
  const words = wordsOf(host);
  return auxiliaryAfterType(words) === undefined ? recogniserOf(typeOfWords(words) ?? '') : undefined;
}

/** A service of the Internet, by its certificate or as people see it: what a cluster has does not stand in for it. */
function isElsewhere({ host, scheme = '' }: AddressDefault, name: VariableName, recogniser: Recogniser): boolean {
  const isSecure = /^(https|wss|tls|ssl|rediss|valkeys|amqps)$|\+(s|ssc|https)$/.test(scheme);
  return isPublicName(host) && (isSecure || webSchemes.has(recogniser.scheme) || name.words.includes('hostname'));
}

const asksForTls = ({ words, recogniser }: VariableName): boolean =>
  words.some((word) => (word === 'tls' || word === 'ssl') && !recogniser?.ports.some((port) => port.name === word));
