/** Headers on every NATS message; HTTP uses the same words where it has them. Reference: docs/reference/messages.md. */
export const headers = {
  /** W3C trace context, handed on unchanged. */
  traceparent: 'traceparent',
  /** One id per user action; in every log line and error. */
  requestId: 'x-request-id',
  /** Who asked, set by the gateway. */
  actor: 'x-actor',
  /** Milliseconds that the sender still waits for the answer; no two clocks are compared. */
  timeout: 'x-timeout-ms',
  /** Names a request, so that sending it again cannot do it again; kept for a day. */
  idempotencyKey: 'idempotency-key',
  /** JetStream's de-duplication key. */
  messageId: 'Nats-Msg-Id',
} as const;
