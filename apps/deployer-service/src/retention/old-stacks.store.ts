import { sql, type Chore, type Queries } from '@ushadow/postgres';
import { lockStack } from '../deployments/store/status.store.ts';
import { beforeHistory, settledAt, unfinished, type Retention } from './retention.store.ts';

/** A stack that has had nothing in its cluster for as long as history is kept goes with all it remembers. */
export function oldStacks(retention: Retention): Chore {
  return { name: 'stacks', step: (queries, now) => forgetOne(queries, now, retention) };
}

async function forgetOne(queries: Queries, now: Date, retention: Retention) {
  const before = beforeHistory(now, retention);
  const isOver = sql`
    stack.created_at < ${before}
    AND NOT EXISTS (SELECT FROM deployments.plans WHERE stack_id = stack.id)
    AND NOT EXISTS (
      SELECT FROM deployments.deployments WHERE stack_id = stack.id AND (${unfinished} OR ${settledAt} >= ${before}))
    AND coalesce((
      SELECT jsonb_array_length(inventory) FROM deployments.deployments
       WHERE stack_id = stack.id AND inventory IS NOT NULL ORDER BY revision DESC LIMIT 1), 0) = 0`;
  const [found] = await queries.rows<{ id: string }>(
    sql`SELECT id FROM deployments.stacks AS stack WHERE ${isOver} ORDER BY created_at LIMIT 1`,
  );
  if (found === undefined) return { gone: 0 };
  await lockStack(queries, { stackId: found.id });
  // Looked at again, now that nobody can begin anything.
  const of = sql`(SELECT id FROM deployments.stacks AS stack WHERE stack.id = ${found.id}::uuid AND ${isOver})`;
  await queries.count(sql`DELETE FROM deployments.deployments WHERE stack_id IN ${of}`);
  const gone = await queries.count(sql`DELETE FROM deployments.stacks WHERE id IN ${of}`);
  return { gone, next: 'more' };
}
