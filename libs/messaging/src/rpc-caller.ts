import { Injectable } from '@nestjs/common';
import { NatsRecordBuilder } from '@nestjs/microservices';
import {
  DomainError,
  errorEnvelope,
  requestSubject,
  type Operation,
  type OutputOf,
  type RequestOf,
} from '@ushadow/contracts';
import { currentRequestContext, type RequestContext } from '@ushadow/observability';
import { firstValueFrom, timeout, TimeoutError } from 'rxjs';
import { BusConnection } from './bus-connection.ts';
import { toHeaders } from './message-headers.ts';
import { payloadTooLarge } from './to-domain-error.ts';
import { openAnswer, sealRequest } from './sealed-message.ts';

/** What Nest and the headers put around an input. */
const ENVELOPE_BYTES = 4 * 1024;

/** Calls operations of other services. Every failure is a `DomainError`; with the bus away it fails at once. */
@Injectable()
export class RpcCaller {
  private readonly connection: BusConnection;

  constructor(connection: BusConnection) {
    this.connection = connection;
  }

  async call<O extends Operation>(
    operation: O,
    input: RequestOf<O>,
    context: RequestContext = currentRequestContext() ?? this.connection.ownContext(),
  ): Promise<OutputOf<O>> {
    if (!this.connection.isConnected()) throw unavailable('The message bus is away; this recovers by itself.');
    const deadline = Math.min(context.deadline ?? Infinity, Date.now() + operation.deadlineMs);
    const headers = toHeaders({ ...context, deadline });
    const { identity } = this.connection;
    const content = sealRequest(operation, input, identity);
    refuseTooLarge(this.connection, operation, content);
    const record = new NatsRecordBuilder<unknown>(content).setHeaders(headers).build();
    try {
      const answer = this.connection.client.send<unknown>(requestSubject(operation, identity.user), record);
      const reply = await firstValueFrom(answer.pipe(timeout(Math.max(1, deadline - Date.now()))), {
        defaultValue: undefined,
      });
      return operation.output.parse(openAnswer(operation, reply, identity)) as OutputOf<O>;
    } catch (error) {
      throw toCallError(operation, error);
    }
  }
}

function refuseTooLarge(connection: BusConnection, operation: Operation, input: unknown): void {
  const limit = connection.native().info?.max_payload;
  if (limit === undefined) return;
  const bytes = Buffer.byteLength(JSON.stringify(input)) + ENVELOPE_BYTES;
  if (bytes > limit) throw payloadTooLarge(`What ${operation.name} is asked with`, bytes, limit);
}

function toCallError(operation: Operation, error: unknown): DomainError {
  const envelope = errorEnvelope.safeParse(error);
  if (envelope.success) return DomainError.fromEnvelope(envelope.data);
  if (isEmptyResponse(error)) return unavailable(`The ${operation.service} service is not running.`);
  if (error instanceof TimeoutError) {
    return new DomainError(
      'DEADLINE_EXCEEDED',
      'unavailable',
      `The ${operation.service} service did not answer within ${String(operation.deadlineMs)} ms.`,
    );
  }
  // ClientNats rejects with a text while it reconnects.
  if (typeof error === 'string') return unavailable('The message bus is away; this recovers by itself.', error);
  return new DomainError(
    'UNEXPECTED',
    'unexpected',
    `The answer of the ${operation.service} service could not be read.`,
    { cause: error },
  );
}

/** Nest's answer when nobody listens on a subject; the class is not exported. */
function isEmptyResponse(error: unknown): boolean {
  return error instanceof Error && error.constructor.name === 'EmptyResponseException';
}

function unavailable(message: string, cause?: unknown): DomainError {
  return new DomainError('SERVICE_UNAVAILABLE', 'unavailable', message, { cause });
}
