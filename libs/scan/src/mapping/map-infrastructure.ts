import type { InfraPort } from '../endpoints.ts';
import type { Recogniser, RecogniserPort } from '../recogniser.ts';
import { readDefault, type DeclaredDefault } from './declared-default.ts';
import { type AddressDefault } from './read-url.ts';
import { withoutBrackets } from './hosts.ts';
import { recogniserOfDefault } from './type-of-default.ts';
import { portInName, readVariableName, type VariableName } from './variable-name.ts';

/** What the mapping needs of a scan's entry; `InfraResult` has it, and so has the wire's form. */
export interface FoundInfra {
  readonly found: boolean;
  readonly endpoints: readonly string[];
  readonly namespace?: string | null;
  readonly service_name?: string | null;
  readonly ports?: readonly InfraPort[];
}

export interface MappedValue {
  readonly value: string;
  readonly type: string;
  /** `host:port` it points at. */
  readonly endpoint: string;
  /** For people: where it comes from. */
  readonly reason: string;
}

/**
 * The value a scan suggests for one declared variable, in the shape of its default: only host and port are replaced.
 * Undefined when the variable does not name infrastructure, its default is of another kind, or nothing was found.
 * Credentials, database names and paths are never invented.
 */
export function mapInfrastructure(
  variable: string,
  declaredDefault: string | undefined,
  infra: Readonly<Record<string, FoundInfra>>,
): MappedValue | undefined {
  const name = readVariableName(variable);
  if (name === undefined) return undefined;
  const shape = readDefault(declaredDefault);
  const recogniser = recogniserOfDefault(shape, name);
  const found = recogniser === undefined ? undefined : infra[recogniser.type];
  if (recogniser === undefined || found === undefined || !found.found) return undefined;
  const port = wantedPort(shape, name, recogniser);
  const target = port === undefined ? undefined : targetFor(port, recogniser, found);
  const value = target === undefined ? undefined : render(shape, name, target);
  if (target === undefined || value === undefined) return undefined;
  const where = found.service_name ? ` (Service ${found.namespace ?? '?'}/${found.service_name})` : '';
  const reason = `${recogniser.title} found by the scan${where}`;
  return { value, type: recogniser.type, endpoint: target.endpoint, reason };
}

/** The type of infrastructure a declared variable stands for, whether or not any was found. */
export function infrastructureOf(variable: string, declaredDefault: string | undefined): string | undefined {
  const name = readVariableName(variable);
  return name === undefined ? undefined : recogniserOfDefault(readDefault(declaredDefault), name)?.type;
}

/** The port asked for by the name, else by the default's number or scheme, else the usual one. */
function wantedPort(shape: DeclaredDefault, name: VariableName, recogniser: Recogniser): RecogniserPort | undefined {
  const byName = portInName(name, recogniser);
  if (byName !== undefined) return byName;
  const number = 'port' in shape ? shape.port : undefined;
  const byNumber = recogniser.ports.find((port) => port.port === number);
  if (byNumber !== undefined) return byNumber;
  const scheme = 'scheme' in shape ? shape.scheme : undefined;
  if (scheme === undefined) return recogniser.ports[0];
  const parts = scheme.split('+');
  const byScheme =
    recogniser.ports.find((port) => port.schemes?.includes(scheme)) ??
    recogniser.ports.find((port) => parts.slice(1).includes(port.name));
  const isOwn = parts.some((part) => recogniser.schemes.includes(part));
  return byScheme ?? (isOwn || scheme === 'tcp' ? recogniser.ports[0] : undefined);
}

/** Where to connect to, and by which scheme when the default names none. */
interface Target {
  readonly endpoint: string;
  readonly scheme: string;
}

function targetFor(port: RecogniserPort, recogniser: Recogniser, found: FoundInfra): Target | undefined {
  const isMain = port === recogniser.ports[0];
  const listed = found.ports?.find((one) => one.port === port.port);
  const byNumber = found.endpoints.find((endpoint) => endpoint.endsWith(`:${port.port}`));
  const endpoint = listed?.endpoint ?? byNumber ?? (isMain ? found.endpoints[0] : undefined);
  if (endpoint === undefined) return undefined;
  const scheme = isMain ? recogniser.scheme : (port.schemes?.[0] ?? recogniser.scheme);
  return { endpoint, scheme: scheme === 'http' && listed?.name === 'https' ? 'https' : scheme };
}

function render(shape: DeclaredDefault, name: VariableName, { endpoint, scheme }: Target): string | undefined {
  const colon = endpoint.lastIndexOf(':');
  const [host, number] = [endpoint.slice(0, colon), endpoint.slice(colon + 1)];
  switch (shape.kind) {
    case 'url':
    case 'host-port':
      return within(shape, endpoint);
    case 'host':
      return within(shape, shape.host.startsWith('[') ? host : withoutBrackets(host));
    case 'port':
      return number;
    case 'keywords':
      return withKeywords(shape.text, withoutBrackets(host), number);
    case 'none': {
      const byRole = { url: `${scheme}://${endpoint}`, host: withoutBrackets(host), port: number, address: endpoint };
      return name.role === undefined ? undefined : byRole[name.role];
    }
    case 'other':
      return undefined;
  }
}

const within = ({ before, after }: AddressDefault, address: string) => `${before}${address}${after}`;

function withKeywords(text: string, host: string, port: string): string {
  const named = text.replace(/(^|\s)host=\S+/, (_all, gap: string) => `${gap}host=${host}`);
  const numbered = named.replace(/(^|\s)port=\S+/, (_all, gap: string) => `${gap}port=${port}`);
  return /(^|\s)port=/.test(numbered) ? numbered : `${numbered} port=${port}`;
}
