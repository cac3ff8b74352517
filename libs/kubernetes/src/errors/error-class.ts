import type { KubernetesApiError } from './kubernetes-api-error.ts';

/** What to do about a failed call. */
export type ErrorClass =
  | 'invalid'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'field-conflict'
  | 'conflict'
  | 'gone'
  | 'throttled'
  | 'transient'
  /** A 500 without a known passing reason; perhaps a bug the request has met, which will meet it again. */
  | 'server-fault'
  | 'webhook-down'
  | 'cancelled'
  | 'final';

interface ClassRow {
  readonly class: ErrorClass;
  readonly matches: (error: KubernetesApiError) => boolean;
}

const status =
  (...codes: readonly number[]) =>
  (error: KubernetesApiError): boolean =>
    codes.includes(error.httpStatus);
const reason =
  (...reasons: readonly string[]) =>
  (error: KubernetesApiError): boolean =>
    reasons.includes(error.reason);
const message =
  (pattern: RegExp) =>
  (error: KubernetesApiError): boolean =>
    pattern.test(error.message);

/** First row that matches wins. Texts pinned against kube-apiserver 1.37. */
const ROWS: readonly ClassRow[] = [
  { class: 'cancelled', matches: reason('Cancelled') },
  { class: 'final', matches: reason('TlsFailed', 'ResponseTooLarge', 'UnexpectedRedirect', 'UnexpectedResponse') },
  { class: 'transient', matches: status(0) },
  // Server-side apply reports an unknown field as a server fault; it is the caller's mistake.
  { class: 'invalid', matches: message(/failed to create typed patch object|field not declared in schema/) },
  // So it does with values of the wrong form, such as Secret data that is no base64.
  { class: 'invalid', matches: message(/failed to convert new object/) },
  { class: 'webhook-down', matches: message(/failed calling webhook/) },
  { class: 'field-conflict', matches: (e) => e.causes.some((cause) => cause.reason === 'FieldManagerConflict') },
  { class: 'transient', matches: (e) => e.httpStatus === 409 && /resourcequotas? /i.test(e.message) },
  { class: 'throttled', matches: status(429) },
  { class: 'transient', matches: status(408, 502, 503, 504) },
  { class: 'transient', matches: message(/etcdserver|leader changed|raft proposal dropped|request timed out/) },
  // What the store of the server could not do for the moment, in whatever the server wraps it, 422 included.
  { class: 'transient', matches: message(/rpc error: code = (Unavailable|DeadlineExceeded)/) },
  { class: 'server-fault', matches: status(500) },
  { class: 'unauthorized', matches: status(401) },
  { class: 'forbidden', matches: status(403) },
  { class: 'not-found', matches: status(404) },
  { class: 'gone', matches: status(410) },
  { class: 'conflict', matches: status(409) },
  { class: 'invalid', matches: status(400, 413, 415, 422) },
];

export function classifyError(error: KubernetesApiError): ErrorClass {
  return ROWS.find((row) => row.matches(error))?.class ?? 'final';
}
