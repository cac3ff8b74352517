import { z } from 'zod';
import type { Access } from './access.ts';
import type { AuditAction } from './audit/actions.ts';
import {
  defineOperation,
  type CostClass,
  type HttpBinding,
  type Operation,
  type ServiceName,
} from './define-operation.ts';
import type { ErrorDefinition } from './domain-error.ts';

/** `events`: server-sent events. `socket`: a WebSocket, frames both ways. `download`: one body. */
export type ByteStreamKind = 'events' | 'socket' | 'download';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Where a stream is to be had, for who has shown its certificate when it asked; the ticket is good once, for 30 s. */
const streamOffer = z.object({ address: z.string().max(300), certificate_sha256: sha256, ticket: z.string().max(100) });

/** What the gateway adds to what it was asked. */
const opening = {
  certificate_sha256: sha256.describe('Of who will come with the ticket'),
  after: z.string().max(16_000).optional().describe('The last event that was seen, where somebody goes on'),
};

type OpenInput<Input extends z.ZodObject> = z.ZodObject<Input['shape'] & typeof opening>;
type OpenOutput = z.ZodObject<{ stream: typeof streamOffer }>;
type Errors = Readonly<Record<string, ErrorDefinition>>;

/**
 * Bytes that go on coming: asked for and audited over the bus by `open`, and then carried by a connection of the gateway to the
 * process that has answered.
 */
export interface ByteStreamDefinition<Input extends z.ZodObject = z.ZodObject, E extends Errors = Errors> {
  readonly service: ServiceName;
  readonly kind: ByteStreamKind;
  readonly path: HttpBinding['path'];
  readonly summary: string;
  readonly access: Access;
  readonly cost?: CostClass;
  /** What is asked over HTTP: the path's parameters, and the query. */
  readonly input: Input;
  readonly open: Operation<OpenInput<Input>, OpenOutput, E>;
}

export interface ByteStreamOptions<Input extends z.ZodObject, E extends Errors> {
  readonly service: ServiceName;
  /** Of the operation that opens it: `open-logs`. */
  readonly name: `open-${string}`;
  readonly kind: ByteStreamKind;
  readonly path: HttpBinding['path'];
  readonly summary: string;
  readonly access: Access;
  /** What opening it leaves in the audit. */
  readonly audit: AuditAction | 'none';
  readonly cost?: CostClass;
  /** What asks for it may be secret. */
  readonly sealed?: readonly ['request'];
  readonly deadlineMs?: number;
  readonly input: Input;
  readonly errors: E;
}

export function defineByteStream<const Input extends z.ZodObject, const E extends Errors>({
  kind,
  path,
  cost,
  input,
  ...definition
}: ByteStreamOptions<Input, E>): ByteStreamDefinition<Input, E> {
  const { service, summary, access } = definition;
  return {
    ...{ service, kind, path, summary, access, input },
    ...(cost === undefined ? {} : { cost }),
    open: defineOperation({
      ...definition,
      callers: ['gateway'],
      input: input.extend(opening) as OpenInput<Input>,
      output: z.object({ stream: streamOffer }),
    }),
  };
}
