import { AuditTrail, OutboxTable, type AuditTrailOptions } from '@ushadow/postgres';

const outbox = new OutboxTable('scans');

/** Who changed what in this service. */
export function openTrail(postgres: AuditTrailOptions['postgres'], keys: AuditTrailOptions['keys']): AuditTrail {
  return new AuditTrail({ service: 'scanner', schema: 'scans', keys, outbox, postgres });
}
