import { clusterOf } from '@ushadow/contracts';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@ushadow/observability';
import { AuditTrail, sql, type AuditDraft, type Queries } from '@ushadow/postgres';
import { randomUUID } from 'node:crypto';
import type { Deployment } from '../deployments/deployment.ts';
import { lockStack } from '../deployments/store/status.store.ts';
import { Database } from '../store/database.store.ts';
import type { Stack } from '../stacks/stack.ts';

/** Each keeps a whole revision. */
const TAGS_MAX = 100;

export type Tagged =
  | { readonly kind: 'done'; readonly movedFrom: number | null }
  /** Another revision has it. */
  | { readonly kind: 'taken'; readonly revision: number }
  | { readonly kind: 'full'; readonly most: number }
  /** Only its history is left, or not even that. */
  | { readonly kind: 'gone' };

/** Tags of revisions, one stack at a time: two that tag at once follow each other, and retention sees either none or the tag. */
@Injectable()
export class TagStore {
  constructor(
    private readonly database: Database,
    private readonly trail: AuditTrail,
  ) {}

  async set(
    stack: Stack,
    { tag, target, force }: { readonly tag: string; readonly target: Deployment; readonly force: boolean },
    context: RequestContext,
  ): Promise<Tagged> {
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, { stackId: stack.id });
      const { holder, count } = await tagsOf(queries, stack.id, tag);
      if (holder?.id === target.id) return { kind: 'done', movedFrom: null };
      if (holder !== undefined && !force) return { kind: 'taken', revision: holder.revision };
      if (holder === undefined && count >= TAGS_MAX) return { kind: 'full', most: TAGS_MAX };
      const added = await queries.count(sql`
        UPDATE deployments.deployments SET tags = tags || ${tag}::text
         WHERE id = ${target.id}::uuid AND thinned_at IS NULL`);
      if (added === 0) return { kind: 'gone' };
      if (holder !== undefined) await without(queries, holder.id, tag);
      const movedFrom = holder?.revision ?? null;
      const details = { tag, revision: target.revision, ...(movedFrom === null ? {} : { moved_from: movedFrom }) };
      await this.trail.append(queries, [entry('revision.tagged', stack, target.id, details, context)]);
      return { kind: 'done', movedFrom };
    });
  }

  /** The number of the revision that had it; undefined where none has. */
  async remove(stack: Stack, tag: string, context: RequestContext): Promise<number | undefined> {
    return this.database.postgres.transaction(async (queries) => {
      await lockStack(queries, { stackId: stack.id });
      const { holder } = await tagsOf(queries, stack.id, tag);
      if (holder === undefined) return undefined;
      await without(queries, holder.id, tag);
      const details = { tag, revision: holder.revision };
      await this.trail.append(queries, [entry('revision.untagged', stack, holder.id, details, context)]);
      return holder.revision;
    });
  }
}

interface Holder {
  readonly id: string;
  readonly revision: number;
}

async function tagsOf(
  queries: Queries,
  stackId: string,
  tag: string,
): Promise<{ holder: Holder | undefined; count: number }> {
  const rows = await queries.rows<Holder & { tags: readonly string[] }>(sql`
    SELECT id, revision, tags FROM deployments.deployments WHERE stack_id = ${stackId}::uuid AND tags <> '{}'`);
  return {
    holder: rows.find(({ tags }) => tags.includes(tag)),
    count: rows.reduce((sum, { tags }) => sum + tags.length, 0),
  };
}

async function without(queries: Queries, id: string, tag: string): Promise<void> {
  await queries.count(sql`
    UPDATE deployments.deployments SET tags = array_remove(tags, ${tag}::text) WHERE id = ${id}::uuid`);
}

function entry(
  action: AuditDraft['action'],
  { id, target, namespace, project }: Stack,
  deploymentId: string,
  details: AuditDraft['details'],
  { actor, requestId }: RequestContext,
): AuditDraft {
  return {
    audit_id: randomUUID(),
    time: new Date().toISOString(),
    ...{ action, actor, request_id: requestId },
    target: `${String(details['tag'])} of ${project} in ${namespace}`,
    result: 'done',
    details,
    ...{ cluster_id: clusterOf(target), namespace, project, services: [] },
    ...{ stack_id: id, deployment_id: deploymentId, deployment: null },
  };
}
