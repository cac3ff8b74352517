import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { DiffRevisions } from './diff-revisions.ts';
import { GetHistory } from './get-history.ts';
import { PlanRollback } from './plan-rollback.ts';
import { Rollback } from './rollback.ts';
import { TagRevision } from './tag-revision.ts';

@Controller()
export class HistoryController {
  constructor(
    private readonly getHistory: GetHistory,
    private readonly rollback: Rollback,
    private readonly planRollback: PlanRollback,
    private readonly diff: DiffRevisions,
    private readonly tags: TagRevision,
  ) {}

  @Handle(operations.getHistory)
  get(input: InputOf<typeof operations.getHistory>): Promise<OutputOf<typeof operations.getHistory>> {
    return this.getHistory.run(input);
  }

  @Handle(operations.rollbackDeployment)
  undo(
    input: InputOf<typeof operations.rollbackDeployment>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.rollbackDeployment>> {
    return this.rollback.undo(input, context);
  }

  @Handle(operations.rollbackStack)
  ofStack(
    input: InputOf<typeof operations.rollbackStack>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.rollbackStack>> {
    return this.rollback.ofStack(input, context);
  }

  @Handle(operations.planRollback)
  plan(
    input: InputOf<typeof operations.planRollback>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.planRollback>> {
    return this.planRollback.run(input, context);
  }

  @Handle(operations.diffRevisions)
  compare(
    input: InputOf<typeof operations.diffRevisions>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.diffRevisions>> {
    return this.diff.run(input, context);
  }

  @Handle(operations.tagRevision)
  tag(
    input: InputOf<typeof operations.tagRevision>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.tagRevision>> {
    return this.tags.tag(input, context);
  }

  @Handle(operations.untagRevision)
  untag(
    input: InputOf<typeof operations.untagRevision>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.untagRevision>> {
    return this.tags.untag(input, context);
  }
}
