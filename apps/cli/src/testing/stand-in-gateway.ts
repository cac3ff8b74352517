import {
  carriesQuery,
  DomainError,
  httpOperations,
  pathParameters,
  type HttpOperation,
  type OutputOf,
  type ProgressEventData,
  type publicOperations,
  type RequestOf,
} from '@ushadow/contracts';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

type Operations = typeof publicOperations;
type Answer<K extends keyof Operations> =
  OutputOf<Operations[K]> | ((input: RequestOf<Operations[K]>) => OutputOf<Operations[K]>);

export interface Asked {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * Speaks HTTP as the gateway does, with answers that a test gives. What is asked has to fit its contract: else it refuses,
 * as the gateway would.
 */
export class StandInGateway {
  readonly asked: Asked[] = [];
  /** What each request was authorized with. */
  readonly authorizations: (string | undefined)[] = [];
  private readonly server: Server = createServer((request, response) => void this.serve(request, response));
  private readonly answers = new Map<string, (input: Record<string, unknown>) => unknown>();
  private events: readonly ProgressEventData[] = [];
  private ending: unknown = null;
  private logTexts: readonly string[] = [];

  get url(): string {
    return `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  start(): Promise<void> {
    return new Promise((resolve) => this.server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  answer<K extends keyof Operations>(operation: K, answer: Answer<K>): this {
    const give = typeof answer === 'function' ? answer : () => answer;
    this.answers.set(operation, (input) => (give as (input: unknown) => unknown)(input));
    return this;
  }

  refuse(
    operation: keyof Operations,
    code: string,
    kind: DomainError['kind'],
    message: string,
    details?: unknown,
  ): this {
    this.answers.set(operation, () => {
      throw new DomainError(code, kind, message, { details });
    });
    return this;
  }

  /** What a deployment's stream tells, and the deployment at its end. */
  stream(events: readonly ProgressEventData[], ending: OutputOf<Operations['getDeployment']>): this {
    [this.events, this.ending] = [events, ending];
    return this;
  }

  /** What each connection to the logs of a stack is told, in turn; the last of them again for more. */
  logs(...texts: readonly string[]): this {
    this.logTexts = texts;
    return this;
  }

  askedFor(operation: keyof Operations | 'followLogs'): readonly Asked['input'][] {
    return this.asked.filter((each) => each.operation === operation).map(({ input }) => input);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://gateway');
    this.authorizations.push(request.headers.authorization);
    if (url.pathname.endsWith('/events/stream')) {
      this.tell(response);
      return;
    }
    if (url.pathname.endsWith('/logs/stream')) {
      const input = { ...Object.fromEntries(url.searchParams), after: request.headers['last-event-id'] };
      this.asked.push({ operation: 'followLogs', input });
      const turn = this.asked.filter(({ operation }) => operation === 'followLogs').length;
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(this.logTexts[Math.min(turn, this.logTexts.length) - 1]);
      return;
    }
    try {
      send(response, 200, await this.call(request, url));
    } catch (error) {
      const known = error instanceof DomainError ? error : new DomainError('UNEXPECTED', 'unexpected', String(error));
      send(response, known.kind === 'not-found' ? 404 : 409, known.toEnvelope('request-1'));
    }
  }

  private tell(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of this.events)
      response.write(`id: ${String(event.sequence)}\nevent: progress\ndata: ${JSON.stringify(event)}\n\n`);
    response.end(`event: end\ndata: ${JSON.stringify(this.ending)}\n\n`);
  }

  private async call(request: IncomingMessage, url: URL): Promise<unknown> {
    for (const [name, operation] of Object.entries(httpOperations)) {
      const path = matchPath(operation, request.method, url.pathname);
      if (path === undefined) continue;
      const rest = carriesQuery(operation.http) ? Object.fromEntries(url.searchParams) : await bodyOf(request);
      const input = { ...path, ...rest };
      this.asked.push({ operation: name, input });
      const checked = operation.input.safeParse(input);
      if (!checked.success) throw new DomainError('INVALID_INPUT', 'invalid', checked.error.message);
      const answer = this.answers.get(name);
      if (answer === undefined) throw new DomainError('UNEXPECTED', 'unexpected', `nobody said what ${name} answers`);
      return answer(input);
    }
    throw new DomainError('ROUTE_NOT_FOUND', 'not-found', url.pathname);
  }
}

function matchPath(
  { http }: HttpOperation,
  method: string | undefined,
  pathname: string,
): Record<string, string> | undefined {
  if (http.method !== method) return undefined;
  const found = new RegExp(`^${http.path.replaceAll(/:[a-z_]+/g, '([^/]+)')}$`).exec(pathname);
  if (found === null) return undefined;
  const names = pathParameters(http.path);
  return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(found[index + 1] ?? '')]));
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}
