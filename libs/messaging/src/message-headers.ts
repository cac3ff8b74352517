import { DomainError, headers } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { headers as natsHeaders, type MsgHdrs } from '@nats-io/transport-node';
import { randomUUID } from 'node:crypto';

/** The context of a request, as headers. */
export function toHeaders(context: RequestContext): MsgHdrs {
  const result = natsHeaders();
  result.set(headers.requestId, context.requestId);
  result.set(headers.actor, context.actor);
  if (context.traceparent !== undefined) result.set(headers.traceparent, context.traceparent);
  if (context.idempotencyKey !== undefined) result.set(headers.idempotencyKey, context.idempotencyKey);
  if (context.deadline !== undefined) result.set(headers.timeout, String(Math.max(0, context.deadline - Date.now())));
  return result;
}

/** The context that headers carry. @throws DomainError when they do not say in whose name something is to be done */
export function fromHeaders(received: MsgHdrs | undefined): RequestContext {
  const read = (name: string): string | undefined => received?.get(name) || undefined;
  const actor = read(headers.actor);
  if (actor === undefined)
    throw new DomainError('ACTOR_MISSING', 'unauthenticated', 'The request does not say in whose name it is made.');
  const traceparent = read(headers.traceparent);
  const timeout = Number(read(headers.timeout));
  const idempotencyKey = read(headers.idempotencyKey);
  return {
    requestId: read(headers.requestId) ?? randomUUID(),
    actor,
    ...(traceparent === undefined ? {} : { traceparent }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
    ...(Number.isFinite(timeout) && received?.has(headers.timeout) ? { deadline: Date.now() + timeout } : {}),
  };
}
