import { Injectable } from '@nestjs/common';
import { failure, operations, type DeploymentData, type DomainError, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { NO_CONTENT } from '../content/stack-content.ts';
import { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackContents } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { passedOver, passedOverText, revisionToRestore } from './revisions.ts';
import { updateOf } from './rollback-update.ts';

type OfDeployment = typeof operations.rollbackDeployment;
type OfStack = typeof operations.rollbackStack;
type Extras = Pick<InputOf<OfStack>, 'services' | 'supersede' | 'message'>;

/** Brings an earlier revision back, as a new deployment by the same way as any other. */
@Injectable()
export class Rollback {
  constructor(
    private readonly store: DeploymentStore,
    private readonly stacks: StackStore,
    private readonly contents: StackContents,
    private readonly begin: BeginDeployment,
  ) {}

  /** To the last good revision before the given deployment. */
  async undo(input: InputOf<OfDeployment>, context: RequestContext): Promise<DeploymentData> {
    const { deployment_id: id } = input;
    const { store } = this;
    const deployment = await store.find(id);
    if (deployment === undefined)
      throw failure(operations.rollbackDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    const stack = await findStack(deployment.stackId, this.stacks);
    const target = await revisionToRestore(store.allOfStack(stack.id, deployment.revision), deployment.revision);
    if (target === undefined) throw noRevision(`There is no good revision before ${String(deployment.revision)}.`);
    if (target.thinnedAt !== null) throw tooOld(target);
    return this.restore(stack, target, input, context);
  }

  /** To the revision named, or to the last good one before the current. */
  async ofStack(input: InputOf<OfStack>, context: RequestContext): Promise<DeploymentData> {
    const stack = await findStack(input.stack_id, this.stacks);
    const target = await this.target(stack, input);
    return this.restore(stack, target, { ...input, message: await this.messageFor(stack, target, input) }, context);
  }

  /** Whoever named no revision is told where it is not the one that one would think of. */
  private async messageFor(
    { id }: Stack,
    target: Deployment,
    { to_deployment_id: named, to_revision: number, message }: InputOf<OfStack>,
  ): Promise<string | undefined> {
    if (named !== undefined || number !== undefined) return message;
    const said = passedOverText(await passedOver(this.store.allOfStack(id), target));
    return said === undefined || message === undefined ? (said ?? message) : `${message} (${said})`;
  }

  private async target(
    stack: Stack,
    { to_deployment_id: id, to_revision: number }: InputOf<OfStack>,
  ): Promise<Deployment> {
    const { store } = this;
    if (id !== undefined) return this.named(stack, await store.find(id), id);
    if (number !== undefined)
      return this.named(stack, await store.findRevision(stack.id, number), `Revision ${String(number)}`);
    const target = await revisionToRestore(store.allOfStack(stack.id));
    if (target === undefined) throw noRevision(`${stack.project} has no good revision to go back to.`);
    return target;
  }

  /** Whoever names one may have a bad one back; it must only be one that was whole. */
  private named({ id, project, namespace }: Stack, target: Deployment | undefined, name: string): Deployment {
    if (target?.stackId === id && target.thinnedAt !== null) throw tooOld(target);
    if (target?.stackId !== id) throw noRevision(`${name} is no revision of ${project} in ${namespace}.`);
    if (target.status !== 'succeeded' || target.kind === 'remove')
      throw noRevision(`Revision ${String(target.revision)} never stood: ${target.kind} ${target.status}.`);
    return target;
  }

  private async restore(
    stack: Stack,
    target: Deployment,
    { services, supersede, message }: Extras,
    context: RequestContext,
  ): Promise<DeploymentData> {
    const { begin, contents } = this;
    const revision = await contents.of(target);
    if (revision === undefined)
      throw noRevision(`Revision ${String(target.revision)} has left no state to go back to.`);
    const current = await contents.lastGood(stack.id);
    const { id: stackId, clusterId, namespace, project } = stack;
    const deployment = await begin.run(
      {
        ...{ stackId, clusterId, namespace, project, supersede, message },
        ...defaultOptions,
        kind: 'rollback',
        // What was made immutable since then must not prevent the rollback.
        recreate: 'all',
        ...{ basedOn: target.id, planId: null, planHash: null, deleteNamespace: false },
        update: updateOf(revision.content, current?.content ?? NO_CONTENT, services),
      },
      context,
    );
    return toContract(deployment);
  }
}

function tooOld({ revision }: Deployment): DomainError {
  return noRevision(`Revision ${String(revision)} is older than is kept: only its history is left.`);
}

function noRevision(text: string): DomainError {
  return failure(operations.rollbackStack, 'NO_REVISION', text);
}
