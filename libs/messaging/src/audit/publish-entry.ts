import { auditEvents, type AuditEntryData } from '@ushadow/contracts';
import { withRequestContext } from '@ushadow/observability';
import { checkSeal, fromEntry, Unsendable, type AuditTrail, type Claimed } from '@ushadow/postgres';
import type { AuditStream } from './audit-stream.ts';

/**
 * Sends messages of the outbox that are entries of a trail. What has no good seal was not written by us: it is set aside, so
 * that nobody publishes to the stream by way of the database.
 */
export function publishEntry(
  trail: Pick<AuditTrail, 'keys' | 'service' | 'at'>,
  stream: Pick<AuditStream, 'record'>,
  onPublished: () => void = () => undefined,
): (message: Claimed) => Promise<void> {
  const { keys, service } = trail;
  return async ({ payload, requestId, actor }) => {
    const parsed = auditEvents(service).recorded.data.safeParse(payload);
    if (!parsed.success) {
      const fields = parsed.error.issues.map(({ path, code }) => `${path.map(String).join('.')}: ${code}`);
      throw new Unsendable(`an audit entry does not fit its contract: ${fields.join('; ')}`);
    }
    const entry: AuditEntryData = parsed.data;
    const name = `entry ${String(entry.sequence)} of the ${service}-service`;
    const check = checkSeal(keys, fromEntry(entry));
    // While a new key is brought out, a process that does not have it yet leaves its entries to those that do.
    if (check === 'key-missing' && (await isInTrail(trail, entry)))
      throw new Error(`${name} was sealed with key ${entry.key_id}, which AUDIT_KEYS does not have`);
    if (entry.service !== service || check !== 'good')
      throw new Unsendable(`${name} in the outbox is not what was written`);
    if (!(await withRequestContext({ requestId, actor }, () => stream.record(entry))))
      throw new Unsendable(
        `${name} is another one than the stream was told of: the trail was put back or rewritten before it`,
      );
    onPublished();
  };
}

async function isInTrail(trail: Pick<AuditTrail, 'service' | 'at'>, entry: AuditEntryData): Promise<boolean> {
  const row = await trail.at(entry.sequence);
  return entry.service === trail.service && row?.keyId === entry.key_id && row.seal === entry.seal;
}
