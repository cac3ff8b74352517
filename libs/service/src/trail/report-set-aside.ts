import type { Logger } from '@ushadow/observability';
import type { AuditTrail } from '@ushadow/postgres';

/** Says that there are entries which the stream will never get: it is logged once when each is set aside, and scrolls by. */
export async function reportSetAside(
  { outbox, postgres }: Pick<AuditTrail, 'outbox' | 'postgres'>,
  logger: Logger,
): Promise<void> {
  const [row] = await postgres.rows<{ count: number; reason: string | null }>(outbox.countSetAside());
  if (row === undefined || row.count === 0) return;
  const { count, reason } = row;
  logger.error({ count, reason }, 'audit entries are set aside: the stream was not told of them');
}
