import { Injectable } from '@nestjs/common';
import { DomainError, type InputOf, type operations, type RevisionDiffData } from '@ushadow/contracts';
import { compareContents } from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { Redactor } from '@ushadow/secrets';
import { maskValues } from '../content/mask-values.ts';
import { NO_CONTENT, type StackContent } from '../content/stack-content.ts';
import { stepTo } from '../content/step.ts';
import { rollbackOptions } from '../deployments/deploy-options.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { AskCluster } from '../plans/ask-cluster.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { EngineOptionsBuilder } from '../updates/engine-options.ts';
import { ofPlan, toDiff, type Difference, type Differences } from './diff.mapper.ts';
import { OpenRevision } from './open-revision.ts';
import { updateOf } from './rollback-update.ts';

function bothLive(): DomainError {
  const message = 'is what runs, as `from` is: there is nothing to compare';
  return new DomainError('INVALID_INPUT', 'invalid', `to: ${message}`, {
    details: { issues: [{ path: 'to', message }] },
  });
}

/** What differs between two revisions, or between one and what runs. */
@Injectable()
export class DiffRevisions {
  constructor(
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly deployments: DeploymentStore,
    private readonly revisions: OpenRevision,
    private readonly engine: EngineOptionsBuilder,
    private readonly cluster: AskCluster,
    private readonly redactor: Redactor,
  ) {}

  async run(input: InputOf<typeof operations.diffRevisions>, context: RequestContext): Promise<RevisionDiffData> {
    const { from, to, cursor = '0' } = input;
    const stack = await findStack(input.stack_id, this.stacks);
    const [before, after] = [await this.side(stack, from), await this.side(stack, to)];
    return toDiff(stack, { before, after }, await this.between(stack, before, after, context), Number(cursor));
  }

  private async between(
    stack: Stack,
    before: GoodRevision | undefined,
    after: GoodRevision | undefined,
    context: RequestContext,
  ): Promise<Differences> {
    if (before !== undefined && after !== undefined) return this.ofContents(before.content, after.content);
    const known = before ?? after;
    if (known === undefined) throw bothLive();
    return this.toLive(stack, known.content, before === undefined ? 'to' : 'from', context);
  }

  private ofContents(before: StackContent, after: StackContent): Differences {
    const redact = maskValues(
      before,
      maskValues(after, (text) => this.redactor.text(text)),
    );
    const plain = ({ objects }: StackContent) => objects.map(({ object }) => object);
    const found = compareContents(plain(before), plain(after), redact);
    const differences = found.map((each): Difference => ({ ...each, conflicts: [], problem: null }));
    const isInBoth = found.filter(({ change }) => change === 'changed').length;
    const removed = found.filter(({ change }) => change === 'removed').length;
    return { differences, unchanged: before.objects.length - removed - isInBoth };
  }

  /** By the plan of going there: what the server fills in, and what belongs to others, is no difference. */
  private async toLive(
    stack: Stack,
    content: StackContent,
    side: 'from' | 'to',
    context: RequestContext,
  ): Promise<Differences> {
    const { contents, deployments, engine, cluster } = this;
    const [good, there, inventory = []] = await Promise.all([
      contents.lastGood(stack.id),
      deployments.servicesThere(stack.id),
      deployments.inventory(stack.id),
    ]);
    const update = updateOf(content, good?.content ?? NO_CONTENT, undefined, there);
    const step = stepTo(good?.content, update, inventory, { isRollback: true, deleteClaims: [] });
    // It is only looked at: fields that others manage are compared too.
    const asked = { ...rollbackOptions, takeOver: true };
    const options = await engine.build({ ...stack, stackId: stack.id }, step, asked);
    const { plan } = await cluster.run(stack.target, step, options, context);
    return ofPlan(plan, side);
  }

  /** Undefined: what runs. */
  private async side(stack: Stack, ref: string): Promise<GoodRevision | undefined> {
    if (ref === 'live') return undefined;
    return this.revisions.open(await this.revisions.find(stack, ref));
  }
}
