import { sql, type Sql } from '@ushadow/postgres';
import type { Outcome } from './delivery.ts';

/** A row of the log of attempts; when it began is what the database's clock says less its time. */
export function insertAttempt(deliveryId: string, number: number, outcome: Outcome): Sql {
  const { ok, status, milliseconds, message, answer } = outcome;
  return sql`
    INSERT INTO notifications.attempts (delivery_id, number, at, ok, status, milliseconds, message, answer)
    VALUES (${deliveryId}::uuid, ${number}::int, now() - make_interval(secs => ${milliseconds / 1_000}::float8), ${ok},
            ${status}::int, ${Math.round(milliseconds)}::int, ${message}, ${answer})
    ON CONFLICT (delivery_id, number) DO NOTHING`;
}
