import { COUNTER_MAX } from '@ushadow/contracts';
import { z } from 'zod';

const HEADER = 'Last-Event-ID';
const sequence = z.coerce.number().int().min(0).max(COUNTER_MAX);
const inHeader = z.object({ [HEADER]: sequence }).transform((given) => given[HEADER]);
const inQuery = z.object({ after: sequence.default(0) }).transform(({ after }) => after);

/**
 * The number of the last event that somebody has seen, as a request says it; nothing is read as another number.
 * An EventSource sends the header; the query is of whoever cannot set one, and is not looked at beside the header.
 */
export function lastEventId(header: string | undefined, query: unknown): z.ZodSafeParseResult<number> {
  return header === undefined ? inQuery.safeParse({ after: query }) : inHeader.safeParse({ [HEADER]: header });
}
