import { carriesQuery, pathParameters, type HttpBinding } from '@ushadow/contracts';
import type { Request } from 'express';

/** Puts an operation's input together again from path, query and body; the path wins. */
export function readInput(
  binding: HttpBinding,
  request: Pick<Request, 'params' | 'query' | 'body'>,
): Record<string, unknown> {
  const rest: unknown = carriesQuery(binding) ? request.query : request.body;
  const fields = typeof rest === 'object' && rest !== null && !Array.isArray(rest) ? rest : {};
  const path = Object.fromEntries(pathParameters(binding.path).map((name) => [name, request.params[name]]));
  return { ...fields, ...path };
}
