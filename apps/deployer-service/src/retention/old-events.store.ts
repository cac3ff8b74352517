import { deleteOld, MonthPartitions, sql, type Chore, type Queries } from '@ushadow/postgres';
import { beforeKeepDays, unfinished, type Retention } from './retention.store.ts';

const months = new MonthPartitions('deployments', 'progress_events', 'time');

/** Events go by the month, without being read; those of what has not ended stay, since a worker goes on from them. */
export function oldEvents(retention: Retention): Chore[] {
  return [
    { name: 'months of events made', step: async (queries, now) => ({ gone: await months.make(queries, now) }) },
    { name: 'months of events', step: (queries, now) => dropOne(queries, now, retention) },
    deleteOld('events without a month', {
      table: months.rest,
      where: (now) => sql`time < ${beforeKeepDays(now, retention)} AND NOT ${isOfUnfinished}`,
    }),
  ];
}

const isOfUnfinished = sql`(deployment_id IN (SELECT id FROM deployments.deployments WHERE ${unfinished}))`;

/** One in a step: others wait while it goes. */
async function dropOne(queries: Queries, now: Date, retention: Retention) {
  const [{ before } = { before: new Date(0) }] = await queries.rows<{ before: Date }>(
    sql`SELECT ${beforeKeepDays(now, retention)} AS before`,
  );
  const [oldest, ...more] = await months.over(queries, before);
  if (oldest === undefined) return { gone: 0 };
  await months.drop(queries, oldest);
  return more.length === 0 ? { gone: 1 } : { gone: 1, next: 'more' };
}
