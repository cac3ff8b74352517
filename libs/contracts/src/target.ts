import { z } from 'zod';
import { clusterId } from './fields.ts';

/** Where a stack lives: a kind of place, and which one of it. Another kind is another member of a union of these. */
export const target = z
  .object({ kind: z.literal('kubernetes'), id: clusterId.describe('The cluster’s id, for `kubernetes`') })
  .meta({ id: 'Target' });
export type Target = z.infer<typeof target>;

/** A cluster as a target. */
export function clusterTarget(id: string): Target {
  return { kind: 'kubernetes', id };
}

/** The cluster that a target is. Whoever does something in a cluster begins here: of another kind there is none. */
export function clusterOf({ id }: Target): string {
  return id;
}

/** The same for the same target alone, whatever kinds there are. */
export function targetKey({ kind, id }: Target): string {
  return `${kind}/${id}`;
}
