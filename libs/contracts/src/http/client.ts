import type { OutputOf, RequestOf } from '../define-operation.ts';
import { DomainError } from '../domain-error.ts';
import { errorEnvelope } from '../error-envelope.ts';
import { headers } from '../headers.ts';
import { httpOperations, type publicOperations } from '../registry.ts';
import { buildRequest, type HttpOperation } from './build-request.ts';

/** The part of `fetch` the client needs; handed in, so that this file runs anywhere. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body?: string; signal?: unknown },
) => Promise<{ status: number; ok: boolean; json(): Promise<unknown> }>;

export interface ClientOptions {
  /** Origin of the gateway without a trailing slash; empty for the page's own origin. */
  readonly baseUrl: string;
  readonly fetch: Fetch;
  readonly headers?: Readonly<Record<string, string>>;
  /** A name that nothing else has, for each request that must not be fulfilled twice. */
  readonly newKey: () => string;
}

/** What is signed over its bytes is sent by who signs it. */
type Registry = Omit<typeof publicOperations, 'callHook'>;

export type Client = {
  readonly [K in keyof Registry]: (input: RequestOf<Registry[K]>) => Promise<OutputOf<Registry[K]>>;
};

/** A client of the gateway. Each call resolves to the operation's output or throws a `DomainError`. */
export function createClient(options: ClientOptions): Client {
  const read = Object.entries(httpOperations).filter(([, { http }]) => http.raw === undefined);
  const calls = read.map(
    ([name, operation]) => [name, (input: Record<string, unknown>) => call(options, operation, input)] as const,
  );
  return Object.fromEntries(calls) as unknown as Client;
}

async function call(
  options: ClientOptions,
  operation: HttpOperation,
  input: Record<string, unknown>,
): Promise<unknown> {
  const request = buildRequest(operation, input);
  const isNamed = operation.http.repeat === 'by-key';
  const named: Record<string, string> = isNamed ? { [headers.idempotencyKey]: options.newKey() } : {};
  const init = {
    method: request.method,
    headers: { accept: 'application/json', 'content-type': 'application/json', ...named, ...options.headers },
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  };
  // Whether a lost answer was to a request that was fulfilled is known to the one who gets it again under the same name.
  const response = await send(options, request.url, init).catch((error: unknown) => {
    if (!isNamed) throw error;
    return send(options, request.url, init);
  });
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw toDomainError(response.status, body);
  return operation.output.parse(body);
}

async function send(options: ClientOptions, url: string, init: Parameters<Fetch>[1]): ReturnType<Fetch> {
  try {
    return await options.fetch(`${options.baseUrl}${url}`, init);
  } catch (cause) {
    throw new DomainError('GATEWAY_UNREACHABLE', 'unavailable', 'The Ushadow gateway does not answer. Is it running?', {
      cause,
    });
  }
}

function toDomainError(status: number, body: unknown): DomainError {
  const envelope = errorEnvelope.safeParse(body);
  if (envelope.success) return DomainError.fromEnvelope(envelope.data);
  return new DomainError('UNEXPECTED', 'unexpected', `The gateway answered ${String(status)} without an error body.`);
}
