import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { OpenRevision } from './open-revision.ts';
import { usable } from './rollback-target.ts';
import { TagStore } from './tag.store.ts';

type Tag = typeof operations.tagRevision;
type Untag = typeof operations.untagRevision;

/** Names for revisions: each is one's of its stack, and keeps it. */
@Injectable()
export class TagRevision {
  constructor(
    private readonly stacks: StackStore,
    private readonly revisions: OpenRevision,
    private readonly deployments: DeploymentStore,
    private readonly tags: TagStore,
  ) {}

  async tag(input: InputOf<Tag>, context: RequestContext): Promise<OutputOf<Tag>> {
    const { tag, force = false } = input;
    const stack = await findStack(input.stack_id, this.stacks);
    const number = String(input.revision);
    const target = usable(stack, await this.revisions.find(stack, number), `Revision ${number}`);
    const done = await this.tags.set(stack, { tag, target, force }, context);
    if (done.kind === 'done') return { stack_id: stack.id, tag, revision: target.revision, moved_from: done.movedFrom };
    if (done.kind === 'full') {
      const text = `${stack.project} in ${stack.namespace} has ${String(done.most)} tags already; remove one.`;
      throw failure(operations.tagRevision, 'TAGS_FULL', text);
    }
    if (done.kind === 'taken') {
      const text = `Revision ${String(done.revision)} has the tag ${tag} already. Move it by force.`;
      throw failure(operations.tagRevision, 'TAG_TAKEN', text, { details: { revision: done.revision } });
    }
    // It was thinned meanwhile.
    const now = await this.deployments.find(target.id);
    usable(stack, now, `Revision ${number}`);
    throw failure(operations.tagRevision, 'REVISION_NOT_FOUND', `Revision ${number} is not there any more.`);
  }

  async untag({ stack_id: id, tag }: InputOf<Untag>, context: RequestContext): Promise<OutputOf<Untag>> {
    const stack = await findStack(id, this.stacks);
    const revision = await this.tags.remove(stack, tag, context);
    if (revision !== undefined) return { stack_id: stack.id, tag, revision };
    const text = `No revision of ${stack.project} in ${stack.namespace} has the tag ${tag}.`;
    throw failure(operations.untagRevision, 'TAG_NOT_FOUND', text);
  }
}
