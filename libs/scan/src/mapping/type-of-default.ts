import { auxiliaryAfterType } from '../auxiliary.ts';
import type { Recogniser } from '../recogniser.ts';
import { recognisers } from '../recognisers.ts';
import { wordsOf } from '../words.ts';
import type { DeclaredDefault, UrlParts } from './declared-default.ts';
import type { VariableName } from './variable-name.ts';

/** Schemes that many kinds of servers share: the type then shows in the variable's name or the default's host. */
const sharedSchemes = new Set(['http', 'https', 'grpc', 'tcp', 'tls', 'ws', 'wss', 's3']);
const ownAddresses = new Set(['0.0.0.0', '*']);

/** The type a variable stands for. Undefined when nothing says so, or when name and default contradict each other. */
export function recogniserOfDefault(shape: DeclaredDefault, name: VariableName): Recogniser | undefined {
  switch (shape.kind) {
    case 'url':
      return ofUrl(shape.url, name);
    case 'host':
      return name.role === undefined || name.role === 'port' ? undefined : agreed(name, ofHost(shape.host));
    case 'host-port':
      return ofHostPort(shape.host, shape.port, name);
    case 'port':
      return name.role === 'port' ? name.recogniser : undefined;
    case 'none':
      return name.role === undefined ? undefined : name.recogniser;
    case 'other':
      return undefined;
  }
}

function ofUrl(url: UrlParts, name: VariableName): Recogniser | undefined {
  if (ownAddresses.has(url.host) || url.scheme.endsWith('+srv')) return undefined;
  if (sharedSchemes.has(url.scheme)) {
    const recogniser = agreed(name, ofHost(url.host));
    const speaks = url.scheme === 'tcp' || recogniser?.ports.some((port) => port.schemes?.includes(url.scheme));
    return speaks ? recogniser : undefined;
  }
  const base = url.scheme.split('+')[0] ?? '';
  const byScheme = recognisers.find(({ schemes }) => schemes.includes(base));
  if (byScheme === undefined) return undefined;
  return name.recogniser === undefined || name.recogniser === byScheme ? byScheme : undefined;
}

function ofHostPort(host: string, port: number, name: VariableName): Recogniser | undefined {
  if (ownAddresses.has(host)) return undefined;
  const recogniser = agreed(name, ofHost(host));
  const usual = recogniser?.ports.some((one) => one.port === port) ?? false;
  return name.role !== undefined || usual ? recogniser : undefined;
}

function agreed({ recogniser }: VariableName, byHost: Recogniser | undefined): Recogniser | undefined {
  if (recogniser === undefined || byHost === undefined) return recogniser ?? byHost;
  return recogniser === byHost ? recogniser : undefined;
}

function ofHost(host: string): Recogniser | undefined {
  const words = wordsOf(host);
  if (auxiliaryAfterType(words) !== undefined) return undefined;
  return recognisers.find(({ names }) => words.some((word) => names.includes(word)));
}
