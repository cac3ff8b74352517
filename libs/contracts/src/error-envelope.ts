import { z } from 'zod';
import { errorKinds, type ErrorKind } from './error-kinds.ts';

const kinds = Object.keys(errorKinds) as [ErrorKind, ...ErrorKind[]];

/** The one shape in which an error travels: in a NATS reply, in an HTTP body and in a stored verdict. */
export const errorEnvelope = z
  .object({
    code: z.string().describe('Stable, upper-case; clients decide by it'),
    kind: z.enum(kinds),
    message: z.string().describe('For people: what, where and what to do'),
    details: z.unknown().optional().describe('Data whose shape the code fixes'),
    retryable: z.boolean(),
    request_id: z.string().optional(),
  })
  .meta({ id: 'Error' });

export type ErrorEnvelope = z.infer<typeof errorEnvelope>;
