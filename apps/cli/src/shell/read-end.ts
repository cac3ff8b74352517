import { DomainError, streamEnd, type StreamEnd } from '@ushadow/contracts';

/** What the last frame of a stream says. @throws DomainError where it is a refusal, or that the gateway has ended */
export function readEnd(bytes: Uint8Array): StreamEnd {
  const end = streamEnd.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (end.error !== undefined) throw DomainError.fromEnvelope(end.error);
  if (end.reason === 'restart') throw lost('the server that held it is being restarted');
  if (end.reason === 'failure') throw lost('the server that held it failed');
  return end;
}

/** The stream ended without a last frame. */
export function lost(why = 'the gateway does not answer any more'): DomainError {
  return new DomainError('CONNECTION_LOST', 'unavailable', `The connection was lost: ${why}.`);
}
