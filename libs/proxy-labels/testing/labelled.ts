import type { LabelledService } from '../src/labelled-service.ts';
import type { ProxyReading } from '../src/proxy-reading.ts';
import type { ProxyRoute } from '../src/proxy-route.ts';
import { readProxyLabels } from '../src/read-proxy-labels.ts';
import type { RouteFilter } from '../src/route-filter.ts';
import { brief } from './brief.ts';

interface Loose {
  readonly image?: string;
  readonly command?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  readonly mounts?: readonly string[];
  readonly mountedAt?: readonly string[];
  readonly ports?: LabelledService['ports'];
}

/** Services with paths as the compiler would give them. */
export function labelled(services: Readonly<Record<string, Loose>>): readonly LabelledService[] {
  return Object.entries(services).map(([name, { image, command, labels, environment, mounts, mountedAt, ports }]) => ({
    name,
    image: image ?? 'app:1',
    command: command ?? [],
    labels: entriesOf(labels, `/services/${name}/labels`),
    environment: entriesOf(environment, `/services/${name}/environment`),
    mounts: mounts ?? [],
    mountedAt: mountedAt ?? [],
    ports: ports ?? [],
  }));
}

function entriesOf(values: Readonly<Record<string, string>> = {}, path: string): LabelledService['labels'] {
  return Object.entries(values).map(([key, value]) => ({ key, value, path: `${path}/${key.replaceAll('/', '~1')}` }));
}

/** Routes and findings, a line each. */
export function read(services: Readonly<Record<string, Loose>>): { routes: string[]; findings: string[] } {
  const { routes, findings } = readProxyLabels(labelled(services));
  return { routes: routes.map(briefRoute), findings: findings.map(briefFinding) };
}

export function briefRoute(route: ProxyRoute): string {
  const { name, condition, service, port, scheme, entryPoints, tls, filters } = route;
  return [
    `${name}: ${brief(condition)} to ${scheme === 'http' ? '' : `${scheme} `}${service}${port === undefined ? '' : `:${port}`}`,
    ...(entryPoints.length === 0 ? [] : [`on ${entryPoints.join(',')}`]),
    ...(tls === undefined ? [] : [`tls ${tls.resolver ?? '-'} ${tls.hosts.join(',')}`]),
    ...filters.map(briefFilter),
  ].join('; ');
}

export function briefFilter({ name: _, path: __, kind, ...rest }: RouteFilter): string {
  return `${kind} ${JSON.stringify(rest)}`;
}

export function briefFinding({ code, path, params }: ProxyReading['findings'][number]): string {
  const said = Object.entries(params).filter(([name]) => name !== 'service');
  return `${code} ${path.replace(/^\/services\//, '')} ${said.map(([, value]) => String(value)).join(' ')}`.trim();
}
