import { sql, type Sql } from '@ushadow/postgres';

/** What the operator lets be kept. */
export interface Retention {
  /** Good revisions of each stack that stay whole, whatever their age. */
  readonly keepRevisions: number;
  /** What is younger stays whole. */
  readonly keepDays: number;
}

/** So many times longer than what it holds a deployment's row stays, as history. */
const HISTORY = 12;

export function beforeKeepDays(now: Date, { keepDays }: Retention): Sql {
  return daysBefore(now, keepDays);
}

export function beforeHistory(now: Date, { keepDays }: Retention): Sql {
  return daysBefore(now, keepDays * HISTORY);
}

function daysBefore(now: Date, days: number): Sql {
  return sql`(${now}::timestamptz - make_interval(days => ${days}::int))`;
}

/** A deployment that has not ended: everything of it is needed. */
export const unfinished = sql`status IN ('queued', 'pending', 'deploying')`;

/** When a deployment ended. */
export const settledAt = sql`coalesce(finished_at, created_at)`;
