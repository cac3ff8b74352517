import { COUNTER_MAX } from '@ushadow/contracts';
import { z } from 'zod';

const HEADER = 'Last-Event-ID';
const sequence = z.coerce.number().int().min(0).max(COUNTER_MAX);

/** The header that an EventSource sends, or the query of whoever cannot set one. */
const lastEventIdInput = z
  .object({ [HEADER]: sequence.optional(), after: sequence.optional() })
  .transform((given) => given[HEADER] ?? given.after ?? 0);

/** The number of the last event that somebody has seen, as a request says it; nothing is read as another number. */
export function lastEventId(header: string | undefined, query: unknown): z.ZodSafeParseResult<number> {
  return lastEventIdInput.safeParse({ [HEADER]: header, after: query });
}
