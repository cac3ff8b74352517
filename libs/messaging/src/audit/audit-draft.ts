import type { AuditAction, AuditEntryData } from '@ushadow/contracts';
import { currentRequestContext } from '@ushadow/observability';
import type { AuditDraft } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';

/** What was done to what; never with a value that is secret. */
export interface Change {
  readonly action: AuditAction;
  /** In words, for people. */
  readonly target: string;
  readonly details?: AuditEntryData['details'];
  readonly clusterId?: string;
  readonly namespace?: string;
  readonly project?: string;
  readonly services?: readonly string[];
}

/** An entry about a change that is done, in the name of whoever asked for the work in hand. */
export function auditDraft(change: Change): AuditDraft {
  const context = currentRequestContext();
  // An entry without anybody's name would be worth nothing.
  if (context === undefined) throw new Error(`nobody is known to have asked for ${change.action}`);
  return {
    audit_id: randomUUID(),
    time: new Date().toISOString(),
    action: change.action,
    actor: context.actor,
    request_id: context.requestId,
    target: change.target,
    result: 'done',
    details: change.details ?? {},
    cluster_id: change.clusterId ?? null,
    namespace: change.namespace ?? null,
    project: change.project ?? null,
    services: [...(change.services ?? [])],
    stack_id: null,
    deployment_id: null,
    deployment: null,
  };
}
