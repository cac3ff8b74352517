import { AuditTrail, OutboxTable, type AuditTrailOptions } from '@ushadow/postgres';
import type { AnyDatabase } from './service-database.ts';

/** Who changed what in a service. Its entries go out by the outbox of the same schema. */
export function openTrail(
  { service, schema, postgres }: Pick<AnyDatabase, 'service' | 'schema' | 'postgres'>,
  keys: AuditTrailOptions['keys'],
): AuditTrail {
  return new AuditTrail({ service, schema, keys, outbox: new OutboxTable(schema), postgres });
}
