import { DomainError, pathParameters, type ErrorDefinition } from '@ushadow/contracts';
import type { z } from 'zod';

type Errors = Readonly<Record<string, ErrorDefinition>>;

/** An id in the path that no id can look like names nothing: the answer is the operation's own not-found. */
export function unknownId(
  { http: { path }, errors }: { readonly http: { readonly path: string }; readonly errors: Errors },
  error: z.ZodError,
): DomainError | undefined {
  const inPath = pathParameters(path);
  const parameter = error.issues.map((issue) => String(issue.path[0])).find((name) => inPath.includes(name));
  const declared = Object.entries(errors).find(([, definition]) => definition.kind === 'not-found');
  if (parameter === undefined || declared === undefined) return undefined;
  return new DomainError(declared[0], 'not-found', declared[1].summary);
}
