import { DomainError, headers } from '@ushadow/contracts';
import { withRequestContext } from '@ushadow/observability';
import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';

const REQUEST_ID = /^[\w.-]{8,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{8,200}$/;
/** Until it is known whose a request is, what is done for it is done by the gateway itself. */
const ACTOR = 'service:gateway';

/** Gives each request its id and trace, for logs and for every message it causes. */
export function requestContextMiddleware(request: Request, response: Response, next: NextFunction): void {
  const given = request.header('x-request-id');
  const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  const traceparent = request.header('traceparent');
  response.setHeader('x-request-id', requestId);
  const key = request.header(headers.idempotencyKey);
  if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
    const message = 'An Idempotency-Key has 8 to 200 visible characters, such as a UUID.';
    next(new DomainError('INVALID_INPUT', 'invalid', message));
    return;
  }
  const context = {
    requestId,
    actor: ACTOR,
    ...(key === undefined ? {} : { idempotencyKey: key }),
    ...(traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
  };
  withRequestContext(context, next);
}
