import { AuditTrail, type AuditTrailOptions } from '@ushadow/postgres';
import { outboxTable } from '../outbox/outbox.store.ts';

/** Who did what with deployments. */
export function openTrail(postgres: AuditTrailOptions['postgres'], keys: AuditTrailOptions['keys']): AuditTrail {
  return new AuditTrail({ service: 'deployer', schema: 'deployments', keys, outbox: outboxTable, postgres });
}
