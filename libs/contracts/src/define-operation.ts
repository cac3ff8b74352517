import type { z } from 'zod';
import type { Access } from './access.ts';
import type { AuditAction } from './audit/actions.ts';
import type { ErrorDefinition } from './domain-error.ts';

export type ServiceName = 'cluster' | 'compiler' | 'scanner' | 'deployer' | 'operations' | 'notifier' | 'access';
/** Who is on the bus: each has a user of its own there. */
export type BusUser = ServiceName | 'gateway';
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What is scarce in answering: a way out to others, or the compiler. */
export type CostClass = 'outbound' | 'compile';

export interface HttpBinding {
  readonly method: HttpMethod;
  /** Path with `:name` parameters, each the name of an input field. */
  readonly path: `/api/${string}`;
  /** Status of a good answer; 200 unless given. */
  readonly status?: 200 | 201 | 202;
  /** Room for the body where the gateway's usual limit does not do; bytes. */
  readonly bodyBytesMax?: number;
  /** `file`: who does not ask for JSON gets the bytes of the file that is answered. */
  readonly answer?: 'file';
  /** Starts something: sent again under the same `Idempotency-Key` it is answered again and not done again. */
  readonly repeat?: 'by-key';
  /** Its input is the request as it came, which is signed: `body` in base64, and in `headers` those that are named here. */
  readonly raw?: { readonly headers: readonly string[] };
  /** The field of its answer that makes the status 202 where it is not null. */
  readonly acceptedBy?: string;
  /** Absent: costs no more than reading a table. */
  readonly cost?: CostClass;
}

/** One operation: what is asked, what is answered, what can go wrong, and where it is reached. */
export interface Operation<
  Input extends z.ZodObject = z.ZodObject,
  Output extends z.ZodType = z.ZodType,
  Errors extends Readonly<Record<string, ErrorDefinition>> = Readonly<Record<string, ErrorDefinition>>,
> {
  readonly service: ServiceName;
  readonly name: string;
  readonly summary: string;
  /** Absent: internal, no HTTP route. */
  readonly http?: HttpBinding;
  /** Who may call it; nobody else's user may publish on its subject. */
  readonly callers: readonly BusUser[];
  /** Who may ask for it, of people. */
  readonly access: Access;
  /** What it leaves in the audit when it has changed something; `none` for what changes nothing of anybody's. */
  readonly audit: AuditAction | 'none';
  /**
   * What travels in a box that the receiver alone can open: a request with a field that is secret, an answer with
   * credentials. Its subject says who asks for the latter.
   */
  readonly sealed?: readonly ('request' | 'answer')[];
  /** How long a caller waits; milliseconds. */
  readonly deadlineMs: number;
  readonly input: Input;
  readonly output: Output;
  readonly errors: Errors;
  /** `ushadow.v1.<service>.<operation>` */
  readonly subject: string;
}

export type InputOf<O extends Operation> = z.output<O['input']>;
export type RequestOf<O extends Operation> = z.input<O['input']>;
export type OutputOf<O extends Operation> = z.output<O['output']>;
export type ErrorCodeOf<O extends Operation> = keyof O['errors'] & string;

const DEFAULT_DEADLINE_MS = 10_000;

export function defineOperation<
  const Input extends z.ZodObject,
  const Output extends z.ZodType,
  const Errors extends Readonly<Record<string, ErrorDefinition>>,
>(
  definition: Omit<Operation<Input, Output, Errors>, 'subject' | 'deadlineMs'> & { readonly deadlineMs?: number },
): Operation<Input, Output, Errors> {
  return {
    ...definition,
    deadlineMs: definition.deadlineMs ?? DEFAULT_DEADLINE_MS,
    subject: `ushadow.v1.${definition.service}.${definition.name}`,
  };
}
