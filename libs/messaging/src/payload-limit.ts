import { DomainError } from '@ushadow/contracts';

/** What the message bus does not carry: the server cuts the connection of who sends more than its limit. */
export function payloadTooLarge(what: string, bytes: number, limit: number): DomainError {
  const message =
    `${what} has ${String(bytes)} bytes, and the message bus carries ${String(limit)}. ` +
    'Ask for less, or raise `max_payload` of the NATS server.';
  return new DomainError('PAYLOAD_TOO_LARGE', 'invalid', message, { details: { bytes, limit } });
}
