import { DomainError, pathParameters, type HttpOperation } from '@ushadow/contracts';
import type { z } from 'zod';

/** An id in the path that no id can look like names nothing: the answer is the operation's own not-found. */
export function unknownId(operation: HttpOperation, error: z.ZodError): DomainError | undefined {
  const inPath = pathParameters(operation.http.path);
  const parameter = error.issues.map((issue) => String(issue.path[0])).find((name) => inPath.includes(name));
  if (parameter === undefined) return undefined;
  const notFound = Object.entries(operation.errors).filter(([, definition]) => definition.kind === 'not-found');
  const thing = parameter.replace(/_id$/, '').toUpperCase();
  const declared = notFound.find(([code]) => code === `${thing}_NOT_FOUND`) ?? notFound[0];
  if (declared === undefined) return undefined;
  return new DomainError(declared[0], 'not-found', declared[1].summary);
}
