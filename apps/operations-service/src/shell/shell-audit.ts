import { Injectable } from '@nestjs/common';
import type { AuditAction, AuditEntryData } from '@ushadow/contracts';
import { auditDraft, type Change } from '@ushadow/messaging';
import { currentRequestContext, withRequestContext, type RequestContext } from '@ushadow/observability';
import { AuditTrail } from '@ushadow/postgres';
import { setTimeout as delay } from 'node:timers/promises';

/** Waits between tries to store how something ended: the database may be away just then. */
const AGAIN_MS = [0, 500, 2_000, 8_000];

export interface Audited {
  /** How it ended. Rejects when that could not be stored. */
  end(details: AuditEntryData['details']): Promise<void>;
}

/** Who opened what to which pod, and how it ended; never a byte of what went through it. */
@Injectable()
export class ShellAudit {
  constructor(private readonly trail: AuditTrail) {}

  /** Nothing is opened that could not be recorded. */
  async start(
    actions: { readonly started: AuditAction; readonly ended: AuditAction },
    { stackId, ...change }: Omit<Change, 'action'> & { readonly stackId: string },
  ): Promise<Audited> {
    const append = (entry: Change, result: 'accepted' | 'done'): Promise<void> =>
      this.trail.postgres.transaction((queries) =>
        this.trail.append(queries, [{ ...auditDraft(entry), stack_id: stackId, result }]),
      );
    await append({ ...change, action: actions.started }, 'accepted');
    // The end is in the name of who began, whenever it comes.
    const context = currentRequestContext();
    return {
      end: (details) =>
        inContext(context, () =>
          persist(() =>
            append({ ...change, action: actions.ended, details: { ...change.details, ...details } }, 'done'),
          ),
        ),
    };
  }
}

async function persist(append: () => Promise<void>): Promise<void> {
  let failure: unknown;
  for (const wait of AGAIN_MS) {
    await delay(wait);
    try {
      await append();
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

function inContext<T>(context: RequestContext | undefined, work: () => T): T {
  return context === undefined ? work() : withRequestContext(context, work);
}
