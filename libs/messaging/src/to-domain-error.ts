import { DomainError } from '@ushadow/contracts';
import { storeFailure } from '@ushadow/postgres/store-failure';
import { z } from 'zod';

/** What an error means to the caller. Whatever is not known becomes UNEXPECTED, its text kept for the log. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof z.ZodError) return invalidInput(error);
  const failure = storeFailure(error);
  if (failure !== undefined) return new DomainError('STORE_UNAVAILABLE', 'unavailable', failure, { cause: error });
  return new DomainError(
    'UNEXPECTED',
    'unexpected',
    'Something went wrong on our side. The log has it under the request id.',
    { cause: error },
  );
}

export function invalidInput(error: z.ZodError): DomainError {
  const issues = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const text = issues
    .map((issue) => (issue.path === '' ? issue.message : `${issue.path}: ${issue.message}`))
    .join('; ');
  return new DomainError('INVALID_INPUT', 'invalid', text, { details: { issues } });
}
/** What the message bus does not carry: the server cuts the connection of who sends more than its limit. */
export function payloadTooLarge(what: string, bytes: number, limit: number): DomainError {
  const message =
    `${what} has ${String(bytes)} bytes, and the message bus carries ${String(limit)}. ` +
    'Ask for less, or raise `max_payload` of the NATS server.';
  return new DomainError('PAYLOAD_TOO_LARGE', 'invalid', message, { details: { bytes, limit } });
}
