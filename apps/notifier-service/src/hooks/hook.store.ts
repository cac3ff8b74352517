import { Injectable } from '@nestjs/common';
import { auditDraft } from '@ushadow/messaging';
import { AuditTrail, isTaken, sql } from '@ushadow/postgres';
import { Database } from '../store/database.store.ts';
import type { Hook } from './hook.ts';

const COLUMNS = sql`
  id, stack_id AS "stackId", name, services, envelope IS NOT NULL AS "isSigned", any_repository AS "anyRepository",
  called_at AS "calledAt", result, created_at AS "createdAt", created_by AS "createdBy"`;

export type NewHook = Pick<Hook, 'id' | 'stackId' | 'name' | 'services' | 'anyRepository' | 'createdBy'> & {
  readonly tokenDigest: string;
  readonly envelope: string | null;
};

/** Where a hook's stack is, for the audit. */
export interface HookPlace {
  readonly clusterId: string;
  readonly namespace: string;
  readonly project: string;
}

@Injectable()
export class HookStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  async list(stackId: string): Promise<readonly Hook[]> {
    return this.database.postgres.rows<Hook>(sql`
      SELECT ${COLUMNS} FROM notifications.hooks WHERE stack_id = ${stackId}::uuid ORDER BY name COLLATE "C"`);
  }

  async withToken(digest: string): Promise<(Hook & { readonly envelope: string | null }) | undefined> {
    const [row] = await this.database.postgres.rows<Hook & { envelope: string | null }>(sql`
      SELECT ${COLUMNS}, envelope FROM notifications.hooks WHERE token_digest = ${digest}`);
    return row;
  }

  /** Undefined where the name, or the token, is taken. */
  async create(hook: NewHook, { clusterId, namespace, project }: HookPlace): Promise<Hook | undefined> {
    const { id, stackId, name, services, anyRepository, createdBy, tokenDigest, envelope } = hook;
    try {
      return await this.trail.write(
        async (queries) => {
          const [row] = await queries.rows<Hook>(sql`
            INSERT INTO notifications.hooks
              (id, stack_id, name, token_digest, envelope, services, any_repository, created_by)
            VALUES (${id}::uuid, ${stackId}::uuid, ${name}, ${tokenDigest}, ${envelope}, ${[...services]}::text[],
                    ${anyRepository}, ${createdBy})
            RETURNING ${COLUMNS}`);
          return row;
        },
        () => ({
          ...auditDraft({
            ...{
              action: 'hook.created',
              target: `hook ${name} of ${project}`,
              clusterId,
              namespace,
              project,
              services,
            },
            details: { signed: envelope !== null, any_repository: anyRepository },
          }),
          stack_id: stackId,
        }),
      );
    } catch (error) {
      if (isTaken(error)) return undefined;
      throw error;
    }
  }

  /** Its name; undefined where the stack has none of this id. */
  async remove(stackId: string, id: string): Promise<string | undefined> {
    const removed = await this.trail.write(
      async (queries) => {
        const rows = await queries.rows<{ name: string }>(sql`
          DELETE FROM notifications.hooks WHERE id = ${id}::uuid AND stack_id = ${stackId}::uuid RETURNING name`);
        return rows[0];
      },
      ({ name }) => ({ ...auditDraft({ action: 'hook.removed', target: `hook ${name}` }), stack_id: stackId }),
    );
    return removed?.name;
  }

  /** False when this call came before. */
  async take(hookId: string, nonce: string): Promise<boolean> {
    const count = await this.database.postgres.count(sql`
      INSERT INTO notifications.hook_calls (hook_id, nonce)
      SELECT id, ${nonce} FROM notifications.hooks WHERE id = ${hookId}::uuid ON CONFLICT DO NOTHING`);
    return count === 1;
  }

  /** The call did nothing: whoever made it may make it again. */
  async giveBack(hookId: string, nonce: string): Promise<void> {
    await this.database.postgres.count(
      sql`DELETE FROM notifications.hook_calls WHERE hook_id = ${hookId}::uuid AND nonce = ${nonce}`,
    );
  }

  /** A call that has led to a deployment, in the hook's name. */
  async recordCall(
    { stackId, name }: Pick<Hook, 'stackId' | 'name'>,
    done: {
      readonly images: Readonly<Record<string, string>>;
      readonly deploymentId: string;
      readonly place: HookPlace;
    },
  ): Promise<void> {
    const { images, deploymentId, place } = done;
    await this.trail.write(
      () => Promise.resolve(true),
      () => ({
        ...auditDraft({
          ...{
            action: 'hook.called',
            target: `hook ${name} of ${place.project}`,
            ...place,
            services: Object.keys(images),
          },
          details: { images: Object.entries(images).map(([service, image]) => `${service}: ${image}`) },
        }),
        ...{ result: 'accepted', stack_id: stackId, deployment_id: deploymentId },
      }),
    );
  }

  async note(hookId: string, result: string): Promise<void> {
    await this.database.postgres.count(
      sql`UPDATE notifications.hooks SET called_at = now(), result = ${result} WHERE id = ${hookId}::uuid`,
    );
  }
}
