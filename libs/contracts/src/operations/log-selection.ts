import { z } from 'zod';
import { composeService, kubernetesName, stackId } from '../fields.ts';

const SERVICES_MAX = 100;
/** Lines of each container that are read back at most. */
const TAIL_MAX = 100_000;

/** A switch; also from a query. */
const flag = z.union([z.boolean(), z.stringbool()]).default(false);

const services = z
  .union([z.array(composeService), z.string().max(10_000)])
  .transform((names) => (typeof names === 'string' ? names.split(',').map((name) => name.trim()) : names))
  .pipe(z.array(composeService).max(SERVICES_MAX));

/** Which lines of a stack. */
export const logSelection = z.strictObject({
  stack_id: stackId,
  services: services.optional().describe('Only these services'),
  pod: kubernetesName.optional().describe('Only this pod'),
  container: kubernetesName.optional().describe('Only containers of this name, in each pod'),
  previous: flag.describe('The run before the current one of each container, as it is after a crash'),
  since: z
    .string()
    .max(40)
    .regex(
      /^((\d{1,9}(ms|s|m|h|d)){1,5}|\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2}))$/,
      'a time, or an age such as 10m or 1h30m',
    )
    .optional()
    .describe('Lines since then: a time, or an age such as `10m`'),
  tail: z.coerce.number().int().min(0).max(TAIL_MAX).optional().describe('The last lines of each container'),
  search: z.string().min(1).max(200).optional().describe('Only lines that hold this text, in whatever case'),
});
