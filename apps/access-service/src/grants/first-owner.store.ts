import { Injectable } from '@nestjs/common';
import { EVERYWHERE } from '@ushadow/access';
import { auditDraft } from '@ushadow/messaging';
import { withRequestContext } from '@ushadow/observability';
import { AuditTrail, sql } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import { ensureUser } from './ensure-user.store.ts';
import { insertGrant, OWNERS_LOCK, isOwnerEverywhere } from './grant.store.ts';

const OURSELVES = 'service:access';
/** Whoever asks the gateway without a token, which only those can who are on its machine. */
const FIRST_OWNER = 'operator';

/** Without an owner nobody could give anybody anything: where there is none, the operator of the machine is. */
@Injectable()
export class FirstOwner {
  constructor(private readonly trail: AuditTrail) {}

  async ensure(): Promise<void> {
    const grant = { ...EVERYWHERE, user: FIRST_OWNER, role: 'owner' } as const;
    await withRequestContext({ requestId: randomUUID(), actor: OURSELVES }, () =>
      this.trail.write(
        async (queries) => {
          // Processes that start together do this one after the other.
          await queries.count(OWNERS_LOCK);
          const owners = await queries.rows(
            sql`SELECT FROM access.grants WHERE ${isOwnerEverywhere('grants')} LIMIT 1`,
          );
          if (owners.length > 0) return undefined;
          return insertGrant(queries, await ensureUser(queries, FIRST_OWNER, OURSELVES), grant, OURSELVES);
        },
        () => auditDraft({ action: 'grant.given', target: `owner for ${FIRST_OWNER}`, details: EVERYWHERE }),
      ),
    );
  }
}
