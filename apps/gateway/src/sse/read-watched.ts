import { COUNTER_MAX, operations } from '@ushadow/contracts';
import { z } from 'zod';

/** More than these are not followed over one connection. */
const WATCHED_MAX = 100;

const { deployment_id: deploymentId } = operations.getDeployment.input.shape;

const watched = z
  .string()
  .regex(/^[^:]+(:\d{1,15})?$/)
  .transform((text) => {
    const [id = '', after = '0'] = text.split(':');
    return { id, after: Number(after) };
  })
  .pipe(z.object({ id: deploymentId, after: z.int().min(0).max(COUNTER_MAX) }));

/** `deployment=ID:AFTER`, as often as there are deployments; `AFTER` is the last sequence number that is known. */
export const watchedInput = z.object({
  deployment: z
    .union([z.string(), z.array(z.string())])
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .pipe(z.array(watched).min(1).max(WATCHED_MAX)),
});

export type Watched = z.output<typeof watched>;

/** Each deployment once; of one that is named again the last place counts. */
export function distinct(wanted: readonly Watched[]): readonly Watched[] {
  return [...new Map(wanted.map((each) => [each.id, each])).values()];
}
