import type { HttpBinding, Operation } from '../define-operation.ts';

export interface HttpRequestParts {
  readonly method: string;
  /** Path with its parameters filled in, and the query string. */
  readonly url: string;
  /** Absent for GET and DELETE. */
  readonly body?: Readonly<Record<string, unknown>>;
}

export type HttpOperation = Operation & { readonly http: HttpBinding };

/** Names of the `:name` parameters of a path, in order. */
export function pathParameters(path: string): string[] {
  return [...path.matchAll(/:([a-z_]+)/g)].map((match) => match[1] ?? '');
}

/** GET and DELETE carry what is not in the path as a query, the others as a JSON body. */
export function carriesQuery(binding: HttpBinding): boolean {
  return binding.method === 'GET' || binding.method === 'DELETE';
}

/** Spreads an operation's input over path, query and body, as the gateway will read it. */
export function buildRequest(operation: HttpOperation, input: Readonly<Record<string, unknown>>): HttpRequestParts {
  const { http } = operation;
  const inPath = new Set(pathParameters(http.path));
  const path = http.path.replaceAll(/:([a-z_]+)/g, (_, name: string) => encodeURIComponent(String(input[name])));
  const rest = Object.entries(input).filter(([name, value]) => !inPath.has(name) && value !== undefined);
  if (!carriesQuery(http)) return { method: http.method, url: path, body: Object.fromEntries(rest) };
  const query = rest.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return { method: http.method, url: query.length === 0 ? path : `${path}?${query.join('&')}` };
}
