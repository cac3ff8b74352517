import { withRequestContext } from '@ushadow/observability';
import type { NextFunction, Request, Response } from 'express';
import { randomUUID } from 'node:crypto';

const REQUEST_ID = /^[\w.-]{8,128}$/;
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
/** Everyone on loopback is the operator until there is access control. */
const ACTOR = 'operator';

/** Gives each request its id, actor and trace, for logs and for every message it causes. */
export function requestContextMiddleware(request: Request, response: Response, next: NextFunction): void {
  const given = request.header('x-request-id');
  const requestId = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  const traceparent = request.header('traceparent');
  response.setHeader('x-request-id', requestId);
  const context = {
    requestId,
    actor: ACTOR,
    ...(traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
  };
  withRequestContext(context, next);
}
