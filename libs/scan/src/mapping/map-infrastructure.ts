import type { InfraPort } from '../endpoints.ts';
import type { Recogniser, RecogniserPort } from '../recogniser.ts';
import { readDefault, type DeclaredDefault } from './declared-default.ts';
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
  const endpoint = port === undefined ? undefined : endpointFor(port, recogniser, found);
  if (port === undefined || endpoint === undefined) return undefined;
  const value = render(shape, name, recogniser, port, endpoint);
  if (value === undefined) return undefined;
  const where = found.service_name ? ` (Service ${found.namespace ?? '?'}/${found.service_name})` : '';
  return { value, type: recogniser.type, endpoint, reason: `${recogniser.title} found by the scan${where}` };
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
  const number = shape.kind === 'url' ? shape.url.port : 'port' in shape ? shape.port : undefined;
  const byNumber = recogniser.ports.find((port) => port.port === number);
  if (byNumber !== undefined) return byNumber;
  if (shape.kind !== 'url' || recogniser.schemes.includes(baseScheme(shape.url.scheme))) {
    return shape.kind === 'url'
      ? (portOfScheme(shape.url.scheme, recogniser) ?? recogniser.ports[0])
      : recogniser.ports[0];
  }
  return portOfScheme(shape.url.scheme, recogniser);
}

const portOfScheme = (scheme: string, { ports }: Recogniser) => ports.find((port) => port.schemes?.includes(scheme));
const baseScheme = (scheme: string) => scheme.split('+')[0] ?? scheme;

function endpointFor(port: RecogniserPort, recogniser: Recogniser, found: FoundInfra): string | undefined {
  const listed = found.ports?.find((one) => one.port === port.port)?.endpoint;
  const byNumber = found.endpoints.find((endpoint) => endpoint.endsWith(`:${port.port}`));
  return listed ?? byNumber ?? (port === recogniser.ports[0] ? found.endpoints[0] : undefined);
}

function render(
  shape: DeclaredDefault,
  name: VariableName,
  recogniser: Recogniser,
  port: RecogniserPort,
  endpoint: string,
): string | undefined {
  const colon = endpoint.lastIndexOf(':');
  const [host, number] = [endpoint.slice(0, colon), endpoint.slice(colon + 1)];
  switch (shape.kind) {
    case 'url':
      return `${shape.url.head}${endpoint}${shape.url.tail}`;
    case 'host':
      return host;
    case 'host-port':
      return endpoint;
    case 'port':
      return number;
    case 'none': {
      const scheme = port === recogniser.ports[0] ? recogniser.scheme : (port.schemes?.[0] ?? recogniser.scheme);
      const byRole = { url: `${scheme}://${endpoint}`, host, port: number, address: endpoint };
      return name.role === undefined ? undefined : byRole[name.role];
    }
    case 'other':
      return undefined;
  }
}
