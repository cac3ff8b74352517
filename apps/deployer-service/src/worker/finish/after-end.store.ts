import { sql, type Queries } from '@ushadow/postgres';
import type { OwnedEntry } from '../../content/owned-entry.ts';
import type { Deployment } from '../../deployments/deployment.ts';

/**
 * What a deployment has adopted of stacks that env maps had made is theirs no more: one that has nothing left is not
 * listed. Its history stays.
 */
export async function releaseAdopted(
  queries: Queries,
  { stackId, target, namespace }: Pick<Deployment, 'stackId' | 'target' | 'namespace'>,
  inventory: readonly OwnedEntry[],
): Promise<void> {
  const uids = inventory.map(({ uid }) => uid);
  await queries.count(sql`
    UPDATE deployments.deployments AS held
       SET inventory = (
         SELECT coalesce(jsonb_agg(entry ORDER BY position), '[]'::jsonb)
           FROM jsonb_array_elements(held.inventory) WITH ORDINALITY AS own (entry, position)
          WHERE entry ->> 'uid' <> ALL(${uids}::text[]))
     WHERE id IN (
         SELECT DISTINCT ON (newest.stack_id) newest.id
           FROM deployments.deployments AS newest JOIN deployments.stacks AS stack ON stack.id = newest.stack_id
          WHERE stack.is_envmap AND stack.id <> ${stackId}::uuid AND stack.target_kind = ${target.kind}
            AND stack.target_id = ${target.id} AND stack.namespace = ${namespace} AND newest.inventory IS NOT NULL
          ORDER BY newest.stack_id, newest.revision DESC)
       AND EXISTS (
         SELECT FROM jsonb_array_elements(held.inventory) AS entry WHERE entry ->> 'uid' = ANY(${uids}::text[]))`);
}

/** After a rollback: the revisions it has left are marked, so that nobody is offered them again. */
export async function markUndone(queries: Queries, rollback: Deployment): Promise<void> {
  if (rollback.basedOn === null) return;
  const { stackId, revision, afterDigest } = rollback;
  // The same content under another number is not bad.
  await queries.count(sql`
    UPDATE deployments.deployments SET undone = true
     WHERE stack_id = ${stackId}::uuid AND revision < ${revision} AND after_digest IS NOT NULL AND after_digest IS DISTINCT FROM ${afterDigest}
       AND revision > (SELECT revision FROM deployments.deployments WHERE id = ${rollback.basedOn}::uuid)`);
}
