import { DomainError } from '@ushadow/contracts';
import { z } from 'zod';

const storeCodes = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2028',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
]);
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);
const storeKinds = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TooManyConnections']);

/** What an error means to the caller. Whatever is not known becomes UNEXPECTED, its text kept for the log. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof z.ZodError) return invalidInput(error);
  if (isStoreFailure(error)) {
    return new DomainError('STORE_UNAVAILABLE', 'unavailable', 'The database does not answer. Try again in a moment.', {
      cause: error,
    });
  }
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

/** pg gives these without a code. */
const lostConnection =
  /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error|client was closed|query read timeout/i;

/** Prisma, its driver adapter and pg each put the reason somewhere else along the chain of causes. */
function isStoreFailure(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 5) return false;
  const link = error as Link & { readonly cause?: unknown; readonly meta?: { readonly driverAdapterError?: unknown } };
  if (signs.some((sign) => sign(link))) return true;
  return isStoreFailure(link.cause, depth + 1) || isStoreFailure(link.meta?.driverAdapterError, depth + 1);
}

type Link = Readonly<Record<'name' | 'code' | 'originalCode' | 'kind' | 'message', unknown>>;

const signs: readonly ((link: Link) => boolean)[] = [
  ({ code, originalCode }) => [code, originalCode].some((each) => typeof each === 'string' && storeCodes.has(each)),
  ({ kind }) => typeof kind === 'string' && storeKinds.has(kind),
  ({ message }) => typeof message === 'string' && lostConnection.test(message),
  ({ name, code }) => isDriverError(name) && typeof code === 'string' && networkCodes.has(code),
];

function isDriverError(name: unknown): boolean {
  return typeof name === 'string' && (name === 'DriverAdapterError' || name.startsWith('PrismaClient'));
}
