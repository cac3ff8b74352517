import { Injectable } from '@nestjs/common';
import type { ProgressEventData } from '@ushadow/contracts';
import { identifier, sql, AuditTrail, type Sql } from '@ushadow/postgres';
import { deploymentEntry } from '../../audit/deployment-entry.ts';
import { findDeployment } from '../../deployments/store/deployment-row.store.ts';
import type { Deployment, Verdict } from '../../deployments/deployment.ts';
import { changeStatus, insertEvent, lockStack } from '../../deployments/store/status.store.ts';
import { Database } from '../../store/database.store.ts';
import { randomUUID } from 'node:crypto';

const LATER_SECONDS = 20;
const GIVEN_UP_HOURS = 24;

/** Deployments whose end is not known, as long as nothing newer was asked for of their stack. */
@Injectable()
export class SettleStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * The next one to observe: the one that was not observed for longest, so that each has its turn. It is not given to
   * anybody again for a while.
   *
   * @param but keys of targets that are being observed
   */
  async claim(but: readonly string[] = []): Promise<Deployment | undefined> {
    const rows = await this.database.postgres.rows<{ id: string }>(sql`
      UPDATE deployments.deployments SET settle_at = now() + make_interval(secs => ${LATER_SECONDS})
       WHERE id = (
         SELECT id FROM deployments.deployments AS lost
          WHERE status = 'unknown' AND finished_at > now() - make_interval(hours => ${GIVEN_UP_HOURS}::int)
            AND (settle_at IS NULL OR settle_at < now()) AND ${isNewest('lost')}
            AND target_kind || '/' || target_id <> ALL(${but}::text[])
          ORDER BY settle_at NULLS FIRST, finished_at LIMIT 1 FOR UPDATE SKIP LOCKED)
      RETURNING id`);
    const [row] = rows;
    if (row === undefined) return undefined;
    return findDeployment(this.database.postgres, row.id);
  }

  /** Stores what was found; undefined when something newer was asked for meanwhile. */
  async settle(
    deployment: Deployment,
    verdict: Verdict,
    message: string,
    { afterDigest, content }: { readonly afterDigest: string | null; readonly content: string | null },
  ): Promise<ProgressEventData | undefined> {
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, deployment);
      const progress = { type: 'settled', message, data: { ...verdict } };
      const still = sql`status = 'unknown' AND ${isNewest('deployments', 'deployments')}`;
      const event = await insertEvent(queries, deployment.id, progress, still);
      if (event === undefined) return undefined;
      const set = sql`, verdict = ${JSON.stringify(verdict)}::jsonb, after_digest = ${afterDigest},
        content = ${content}`;
      await changeStatus(queries, deployment.id, verdict.status, { set });
      const { requestId } = deployment;
      const occasion = { id: randomUUID(), time: new Date(), action: 'deployment.settled', actor: 'system' } as const;
      await this.trail.append(queries, [deploymentEntry(deployment, { ...occasion, requestId, verdict, afterDigest })]);
      return event;
    });
  }
}

function isNewest(...table: readonly string[]): Sql {
  const own = identifier(...table);
  return sql`NOT EXISTS (
    SELECT FROM deployments.deployments AS newer
     WHERE newer.stack_id = ${own}.stack_id AND newer.revision > ${own}.revision)`;
}
