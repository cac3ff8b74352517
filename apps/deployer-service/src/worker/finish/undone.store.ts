import { sql, type Queries } from '@ushadow/postgres';
import type { Deployment } from '../../deployments/deployment.ts';

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
