import type { ErrorDefinition } from './domain-error.ts';

/** Errors that any operation may answer with; an operation declares only its own beside these. */
export const commonErrors = {
  INVALID_INPUT: { kind: 'invalid', summary: 'The input does not fit the schema; `details.issues` names each field.' },
  SERVICE_UNAVAILABLE: {
    kind: 'unavailable',
    summary: 'The service that answers this is not running or is still starting.',
  },
  DEADLINE_EXCEEDED: { kind: 'unavailable', summary: 'No answer within the deadline.' },
  STORE_UNAVAILABLE: {
    kind: 'unavailable',
    summary: 'The database does not answer, or cannot store anything; the message says what to do.',
  },
  OUTCOME_UNKNOWN: {
    kind: 'unavailable',
    summary: 'The database fell silent in the moment of storing: it may be stored or not. Look before asking again.',
  },
  HOST_NOT_ALLOWED: {
    kind: 'forbidden',
    summary: 'The Host or Origin header names a host or site this server does not serve.',
  },
  CROSS_SITE: { kind: 'forbidden', summary: 'A page of another site asked, as the browser says.' },
  TOKEN_MALFORMED: {
    kind: 'unauthenticated',
    summary: 'The `Authorization` header holds no bearer token.',
  },
  TOKEN_UNKNOWN: { kind: 'unauthenticated', summary: 'No token is this, or it is over or revoked.' },
  ROLE_NEEDED: {
    kind: 'forbidden',
    summary: 'Who asks does not hold the role that this needs there; the message says which.',
  },
  JSON_EXPECTED: {
    kind: 'invalid',
    status: 415,
    summary: 'A request that changes something does not say `content-type: application/json`.',
  },
  ROUTE_NOT_FOUND: { kind: 'not-found', summary: 'There is no such path.' },
  PAYLOAD_TOO_LARGE: {
    kind: 'invalid',
    status: 413,
    summary: 'The request, or the answer to it, is larger than the limit.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'invalid',
    summary: 'The `Idempotency-Key` was sent with another request within the last 24 hours.',
  },
  TOO_MANY_REQUESTS: {
    kind: 'unavailable',
    status: 429,
    summary: 'One client asked too often; `details.retry_after_seconds` and `Retry-After` say when it may again.',
  },
  TOO_MANY_STREAMS: {
    kind: 'unavailable',
    status: 429,
    summary: 'One client has as many event streams open as it may have.',
  },
  CONNECTION_LOST: {
    kind: 'unavailable',
    summary: 'The process that served a stream is gone, and the stream with it.',
  },
  UPGRADE_REQUIRED: { kind: 'invalid', status: 426, summary: 'The path serves WebSockets alone.' },
  ACTOR_MISSING: { kind: 'unauthenticated', summary: 'The request does not say in whose name it is made.' },
  REQUEST_NOT_SEALED: {
    kind: 'forbidden',
    summary: 'The request has to be sealed to this service’s key, or is sealed to another one.',
  },
  CALLER_NOT_ALLOWED: { kind: 'forbidden', summary: 'No service of this name may call this operation.' },
  UNEXPECTED: { kind: 'unexpected', summary: 'A fault of ours; the log has it under the request id.' },
} as const satisfies Record<string, ErrorDefinition>;

export type CommonErrorCode = keyof typeof commonErrors;
