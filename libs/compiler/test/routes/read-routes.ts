import type { KubeObject } from '@ushadow/kubernetes';
import type { RequestHead } from '@ushadow/proxy-labels';

/** What Ingress and Gateway API say of one host, path and whatever else a rule asks for. */
interface Entry {
  readonly host: string | undefined;
  readonly path: { readonly exact: boolean; readonly value: string };
  readonly method?: string;
  readonly headers: readonly Named[];
  readonly query: readonly Named[];
  /** The Service; undefined where the request is answered by a redirect. */
  readonly service: string | undefined;
}
interface Named {
  readonly name: string;
  readonly value: string;
}

/**
 * The Services that a request may go to, by a reading of the objects that shares nothing with what makes them: the most exact host, then
 * path, then method, headers and query; several where nothing tells them apart.
 */
export function servicesOf(objects: readonly KubeObject[], request: RequestHead): ReadonlySet<string | undefined> {
  const byGateway = objects.some(({ kind }) => kind === 'HTTPRoute');
  const entries = objects.flatMap(({ kind, spec }) => {
    if (kind === 'Ingress') return ingressEntries(spec as never);
    return kind === 'HTTPRoute' ? routeEntries(spec as never) : [];
  });
  const taking = entries.filter((entry) => takes(entry, request, byGateway));
  const best = taking.reduce<readonly Entry[]>((kept, entry) => {
    const order = kept[0] === undefined ? 1 : compare(entry, kept[0]);
    return order > 0 ? [entry] : order === 0 ? [...kept, entry] : kept;
  }, []);
  return new Set(best.map(({ service }) => service));
}

function ingressEntries({
  rules,
}: {
  readonly rules: readonly {
    readonly host?: string;
    readonly http: {
      readonly paths: readonly {
        readonly path: string;
        readonly pathType: string;
        readonly backend: { readonly service: { readonly name: string } };
      }[];
    };
  }[];
}): readonly Entry[] {
  return rules.flatMap(({ host, http }) =>
    http.paths.map(({ path, pathType, backend }) => ({
      host,
      path: { exact: pathType === 'Exact', value: path },
      headers: [],
      query: [],
      service: backend.service.name,
    })),
  );
}

function routeEntries({
  hostnames = [],
  rules,
}: {
  readonly hostnames?: readonly string[];
  readonly rules: readonly {
    readonly matches: readonly {
      readonly path: { readonly type: string; readonly value: string };
      readonly method?: string;
      readonly headers?: readonly Named[];
      readonly queryParams?: readonly Named[];
    }[];
    readonly backendRefs?: readonly { readonly name: string }[];
  }[];
}): readonly Entry[] {
  const hosts = hostnames.length === 0 ? [undefined] : hostnames;
  return hosts.flatMap((host) =>
    rules.flatMap(({ matches, backendRefs }) =>
      matches.map(({ path, method, headers = [], queryParams = [] }) => ({
        host,
        path: { exact: path.type === 'Exact', value: path.value },
        ...(method === undefined ? {} : { method }),
        headers,
        query: queryParams,
        service: backendRefs?.[0]?.name,
      })),
    ),
  );
}

function takes(entry: Entry, request: RequestHead, byGateway: boolean): boolean {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return (
    takesHost(entry.host, request.host, byGateway) &&
    takesPath(entry.path, request.path) &&
    (entry.method === undefined || entry.method === request.method) &&
    entry.headers.every(({ name, value }) => headers[name.toLowerCase()] === value) &&
    entry.query.every(({ name, value }) => request.query[name] === value)
  );
}

/** A wildcard takes one label in an Ingress, and one or more in an HTTPRoute. */
function takesHost(pattern: string | undefined, host: string, byGateway: boolean): boolean {
  if (pattern === undefined || pattern === host) return true;
  if (!pattern.startsWith('*.') || !host.endsWith(pattern.slice(1))) return false;
  const before = host.slice(0, -pattern.length + 1);
  return before !== '' && (byGateway || !before.includes('.'));
}

function takesPath({ exact, value }: Entry['path'], path: string): boolean {
  if (exact) return path === value;
  const base = value.replace(/\/$/, '');
  return path === base || path.startsWith(`${base}/`);
}

function compare(a: Entry, b: Entry): number {
  const [left, right] = [rank(a), rank(b)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

function rank({ host, path, method, headers, query }: Entry): readonly number[] {
  return [
    host === undefined ? 0 : host.startsWith('*') ? 1 : 2,
    host?.length ?? 0,
    path.exact ? 1 : 0,
    path.value.replace(/\/$/, '').length,
    method === undefined ? 0 : 1,
    headers.length,
    query.length,
  ];
}
