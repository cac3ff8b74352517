import { carriesQuery, pathParameters, type HttpBinding } from '@ushadow/contracts';
import type { Request } from 'express';

/** Puts an operation's input together again from path, query and body; the path wins. */
export function readInput(
  binding: HttpBinding,
  request: Pick<Request, 'params' | 'query' | 'body' | 'headers'>,
): Record<string, unknown> {
  const rest: unknown = carriesQuery(binding)
    ? request.query
    : binding.raw === undefined
      ? request.body
      : asItCame(binding.raw, request);
  const fields = typeof rest === 'object' && rest !== null && !Array.isArray(rest) ? rest : {};
  const path = Object.fromEntries(pathParameters(binding.path).map((name) => [name, request.params[name]]));
  return { ...fields, ...path };
}

/** What is signed is the bytes: nobody reads them on the way. */
function asItCame(
  { headers }: NonNullable<HttpBinding['raw']>,
  request: Pick<Request, 'body' | 'headers'>,
): Record<string, unknown> {
  const body: unknown = request.body;
  const named = headers.flatMap((name): [string, string][] => {
    const value = request.headers[name];
    return typeof value === 'string' ? [[name, value]] : [];
  });
  return { headers: Object.fromEntries(named), body: Buffer.isBuffer(body) ? body.toString('base64') : '' };
}
