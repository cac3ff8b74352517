import { AuditTrail, OutboxTable, type AuditTrailOptions } from '@ushadow/postgres';

const outbox = new OutboxTable('clusters');

/** Who changed what in this service. */
export function openTrail(postgres: AuditTrailOptions['postgres'], keys: AuditTrailOptions['keys']): AuditTrail {
  return new AuditTrail({ service: 'cluster', schema: 'clusters', keys, outbox, postgres });
}
