import { Injectable } from '@nestjs/common';
import type { NotificationRuleData } from '@ushadow/contracts';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, sql } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';

/** Clusters and stacks by their ids. */
export interface Places {
  readonly clusters: readonly string[];
  readonly stacks: readonly string[];
}

interface Ruled {
  readonly id: string;
  readonly name: string;
  readonly rules: readonly NotificationRuleData[];
}

/** What people have set for clusters and stacks, and what becomes of it when those are gone for good. */
@Injectable()
export class RemovedStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  /** All that rules of channels and hooks are about. */
  async named(): Promise<Places> {
    const channels = await this.channels();
    const rules = channels.flatMap((each) => each.rules);
    const hooks = await this.database.postgres.rows<{ id: string }>(
      sql`SELECT DISTINCT stack_id AS id FROM notifications.hooks`,
    );
    const stacks = [...rules.flatMap(({ stack_id: id }) => id ?? []), ...hooks.map(({ id }) => id)];
    return {
      clusters: [...new Set(rules.flatMap(({ cluster_id: id }) => id ?? []))],
      stacks: [...new Set(stacks)],
    };
  }

  /** Their rules and hooks go: nothing could ever fit them again. Each is in the audit. */
  async forget({ clusters, stacks }: Places): Promise<void> {
    const isOver = ({ cluster_id: cluster, stack_id: stack }: NotificationRuleData): boolean =>
      (cluster !== undefined && clusters.includes(cluster)) || (stack !== undefined && stacks.includes(stack));
    for (const channel of await this.channels()) {
      const left = channel.rules.filter((rule) => !isOver(rule));
      if (left.length < channel.rules.length) await this.keepRules(channel, left);
    }
    for (const id of stacks) while (await this.removeHook(id));
  }

  private channels(): Promise<Ruled[]> {
    return this.database.postgres.rows<Ruled>(sql`SELECT id, name, rules FROM notifications.channels`);
  }

  /** Unless somebody has changed them meanwhile. */
  private async keepRules({ id, name, rules }: Ruled, left: readonly NotificationRuleData[]): Promise<void> {
    await this.trail.write(
      async (queries) =>
        (await queries.count(sql`
          UPDATE notifications.channels SET rules = ${JSON.stringify(left)}::jsonb
           WHERE id = ${id}::uuid AND rules = ${JSON.stringify(rules)}::jsonb`)) || undefined,
      () =>
        auditDraft({
          action: 'channel.updated',
          target: `notification channel ${name}`,
          details: { changed: ['rules'], rules_of_what_was_removed: rules.length - left.length },
        }),
    );
  }

  /** One of a stack; undefined where it has none left. */
  private async removeHook(stackId: string): Promise<string | undefined> {
    const removed = await this.trail.write(
      async (queries) => {
        const rows = await queries.rows<{ name: string }>(sql`
          DELETE FROM notifications.hooks WHERE id = (
            SELECT id FROM notifications.hooks WHERE stack_id = ${stackId}::uuid LIMIT 1) RETURNING name`);
        return rows[0];
      },
      ({ name }) => ({ ...auditDraft({ action: 'hook.removed', target: `hook ${name}` }), stack_id: stackId }),
    );
    return removed?.name;
  }
}
