import { z } from 'zod';
import { commonErrors } from '../common-errors.ts';
import type { Operation } from '../define-operation.ts';
import type { ErrorDefinition } from '../domain-error.ts';
import { errorEnvelope } from '../error-envelope.ts';
import { errorKinds } from '../error-kinds.ts';
import type { ByteStreamDefinition, ByteStreamKind } from '../define-byte-stream.ts';
import { allByteStreams, httpOperations } from '../registry.ts';
import { carriesQuery, pathParameters, type HttpOperation } from './build-request.ts';
import { eventStreams, type EventStream } from './event-streams.ts';

type Json = Record<string, unknown>;

const token: Json = { type: 'http', scheme: 'bearer', description: 'As `ushadow token create` makes it' };

/** The OpenAPI 3.1 document of every operation with an HTTP binding. */
export function openApiDocument(version: string): Json {
  const schemas: Json = {};
  const paths: Record<string, Json> = {};
  for (const [id, operation] of Object.entries(httpOperations)) {
    const path = templated(operation.http.path);
    (paths[path] ??= {})[operation.http.method.toLowerCase()] = describe(id, operation, schemas);
  }
  for (const [id, stream] of Object.entries(eventStreams))
    paths[templated(stream.path)] = { get: describeStream(id, stream) };
  for (const [id, stream] of Object.entries(allByteStreams))
    paths[templated(stream.path)] = { get: describeByteStream(id, stream, schemas) };
  toSchema(errorEnvelope, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: { title: 'Ushadow', version, description: 'Runs Docker Compose stacks on Kubernetes.' },
    paths,
    components: { schemas, securitySchemes: { token } },
    // Who has none is the operator of the gateway's machine.
    security: [{}, { token: [] }],
  };
}

function templated(path: string): string {
  return path.replaceAll(/:([a-z_]+)/g, '{$1}');
}

function describeStream(id: string, { path, service, summary, access }: EventStream): Json {
  const parameters = pathParameters(path).map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const content = { 'text/event-stream': { schema: { type: 'string' } } };
  return {
    operationId: id,
    summary,
    tags: [service],
    'x-access': access,
    parameters,
    responses: { '200': { description: 'Events as they come', content } },
  };
}

const mediaTypes: Readonly<Record<Exclude<ByteStreamKind, 'socket'>, string>> = {
  events: 'text/event-stream',
  download: 'text/plain',
};

function describeByteStream(
  id: string,
  { kind, path, summary, access, input, service, open }: ByteStreamDefinition,
  schemas: Json,
): Json {
  const schema = toSchema(input, 'input', schemas) as { properties?: Record<string, Json>; required?: string[] };
  const inPath = pathParameters(path);
  const parameters = Object.entries(schema.properties ?? {}).map(([name, each]) => ({
    name,
    in: inPath.includes(name) ? 'path' : 'query',
    required: inPath.includes(name) || (schema.required ?? []).includes(name),
    schema: each,
  }));
  const good =
    kind === 'socket'
      ? { '101': { description: 'A WebSocket: each binary message is a channel and its bytes' } }
      : {
          '200': {
            description: 'What there is, as it comes',
            content: { [mediaTypes[kind]]: { schema: { type: 'string' } } },
          },
        };
  return {
    operationId: id,
    summary,
    tags: [service],
    'x-access': access,
    parameters,
    responses: { ...good, ...errorResponses(open) },
  };
}

const idempotencyKey: Json = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Names this request for 24 hours: sent again, it gets the same answer and is not carried out again',
  schema: { type: 'string', minLength: 8, maxLength: 200 },
};

function describe(id: string, operation: HttpOperation, schemas: Json): Json {
  const input = toSchema(operation.input, 'input', schemas) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  const inPath = pathParameters(operation.http.path);
  const rest = Object.entries(input.properties ?? {}).filter(([name]) => !inPath.includes(name));
  const required = (input.required ?? []).filter((name) => !inPath.includes(name));
  const parameters: Json[] = inPath.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: input.properties?.[name] ?? {},
  }));
  if (operation.http.repeat === 'by-key') parameters.push(idempotencyKey);
  const common = {
    operationId: id,
    summary: operation.summary,
    tags: [operation.service],
    'x-access': operation.access,
  };
  const accepted = operation.http.acceptedBy === undefined ? {} : { '202': okResponse(operation, schemas) };
  const status = String(operation.http.status ?? 200);
  const responses = { [status]: okResponse(operation, schemas), ...accepted, ...errorResponses(operation) };
  const { raw } = operation.http;
  if (raw !== undefined) return { ...common, ...asItComes(raw, parameters), responses };
  const inQuery = carriesQuery(operation.http);
  if (inQuery) {
    parameters.push(
      ...rest.map(([name, schema]) => ({ name, in: 'query', required: required.includes(name), schema })),
    );
  }
  return {
    ...common,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(inQuery || rest.length === 0 ? {} : { requestBody: jsonBody(rest, required) }),
    responses,
  };
}

/** A request that is read as it comes: by whom it may be signed, and any body. */
function asItComes({ headers }: NonNullable<HttpOperation['http']['raw']>, inPath: readonly Json[]): Json {
  const inHeaders = headers.map((name) => ({ name, in: 'header', required: false, schema: { type: 'string' } }));
  return { parameters: [...inPath, ...inHeaders], requestBody: { required: true, content: { '*/*': { schema: {} } } } };
}

function jsonBody(properties: [string, Json][], required: string[]): Json {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
  return { required: required.length > 0, content: { 'application/json': { schema } } };
}

function okResponse(operation: Operation, schemas: Json): Json {
  return {
    description: 'Done',
    content: {
      'application/json': { schema: toSchema(operation.output, 'output', schemas) },
      ...(operation.http?.answer === 'file' ? { '*/*': { schema: { type: 'string', format: 'binary' } } } : {}),
    },
  };
}

/** One response per status; the codes that share it are listed in its text. */
function errorResponses(operation: Operation): Json {
  const byStatus = new Map<string, string[]>();
  const all: Readonly<Record<string, ErrorDefinition>> = { ...commonErrors, ...operation.errors };
  for (const [code, error] of Object.entries(all)) {
    const status = String(error.status ?? errorKinds[error.kind].status);
    byStatus.set(status, [...(byStatus.get(status) ?? []), `\`${code}\`: ${error.summary}`]);
  }
  const content = { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } };
  return Object.fromEntries(
    [...byStatus].sort().map(([status, lines]) => [status, { description: lines.join('\n\n'), content }]),
  );
}

/** JSON Schema of a zod schema; schemas with an id are lifted into `components`. */
function toSchema(schema: z.ZodType, io: 'input' | 'output', schemas: Json): Json {
  const {
    $defs,
    $schema: _dialect,
    ...json
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] ??= relocate(definition);
  const id = (json as { id?: string }).id;
  const located = relocate(json) as Json;
  if (id === undefined) return located;
  schemas[id] ??= located;
  return { $ref: `#/components/schemas/${id}` };
}

function relocate(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(relocate);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'id' || typeof (node as Json).properties !== 'object')
      .map(([key, value]) => [
        key,
        key === '$ref' && typeof value === 'string'
          ? value.replace('#/$defs/', '#/components/schemas/')
          : relocate(value),
      ]),
  );
}
