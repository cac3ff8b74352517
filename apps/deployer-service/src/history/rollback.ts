import { failure, operations, type DeploymentData, type DomainError, type InputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { partOf } from '../content/merge-content.ts';
import type { BeginDeployment } from '../deployments/begin-deployment.ts';
import { defaultOptions } from '../deployments/deploy-options.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import { findStack } from '../stacks/find-stack.ts';
import type { GoodRevision, StackContents } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import type { StackStore } from '../stacks/stack.store.ts';
import { revisionToRestore } from './revisions.ts';

type OfDeployment = typeof operations.rollbackDeployment;
type OfStack = typeof operations.rollbackStack;
type Extras = Pick<InputOf<OfStack>, 'services' | 'supersede' | 'message'>;

const RECENT = 500;

interface Parts {
  readonly store: DeploymentStore;
  readonly stacks: StackStore;
  readonly contents: StackContents;
  readonly begin: BeginDeployment;
}

/** Brings an earlier revision back, as a new deployment by the same way as any other. */
export class Rollback {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** To the last good revision before the given deployment. */
  async undo(input: InputOf<OfDeployment>, context: RequestContext): Promise<DeploymentData> {
    const { deployment_id: id } = input;
    const deployment = await this.parts.store.find(id);
    if (deployment === undefined)
      throw failure(operations.rollbackDeployment, 'DEPLOYMENT_NOT_FOUND', `No deployment has the id ${id}.`);
    const stack = await findStack(deployment.stackId, this.parts.stacks);
    const target = revisionToRestore(await this.recent(stack), deployment.revision);
    if (target === undefined) throw noRevision(`There is no good revision before ${String(deployment.revision)}.`);
    return this.restore(stack, target, input, context);
  }

  /** To the revision named, or to the last good one before the current. */
  async ofStack(input: InputOf<OfStack>, context: RequestContext): Promise<DeploymentData> {
    const stack = await findStack(input.stack_id, this.parts.stacks);
    return this.restore(stack, await this.target(stack, input), input, context);
  }

  private async target(
    stack: Stack,
    { to_deployment_id: id, to_revision: number }: InputOf<OfStack>,
  ): Promise<Deployment> {
    if (id !== undefined) return this.named(stack, await this.parts.store.find(id), id);
    const revisions = await this.recent(stack);
    if (number !== undefined) {
      const found = revisions.find(({ revision }) => revision === number);
      return this.named(stack, found, `Revision ${String(number)}`);
    }
    const target = revisionToRestore(revisions);
    if (target === undefined) throw noRevision(`${stack.project} has no good revision to go back to.`);
    return target;
  }

  private recent({ id }: Stack): Promise<Deployment[]> {
    return this.parts.store.ofStack(id, { limit: RECENT });
  }

  /** Whoever names one may have a bad one back; it must only be one that was whole. */
  private named({ id, project, namespace }: Stack, target: Deployment | undefined, name: string): Deployment {
    if (target?.stackId === id && target.thinnedAt !== null)
      throw noRevision(`Revision ${String(target.revision)} is older than is kept: only its history is left.`);
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
    const { begin, contents } = this.parts;
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
        // What was made immutable since then must not stand in the way back.
        recreate: 'all',
        ...{ basedOn: target.id, planId: null, planHash: null, deleteNamespace: false },
        wish: wishOf(revision, current, services),
      },
      context,
    );
    return toContract(deployment);
  }
}

/** All of a revision; or of some services only, those among them that it did not have go. */
function wishOf({ content }: GoodRevision, current: GoodRevision | undefined, services: readonly string[] | undefined) {
  const had = Object.keys(content.services);
  const about = services ?? [...new Set([...had, ...Object.keys(current?.content.services ?? {})])].sort();
  const selected = about.filter((service) => had.includes(service));
  const gone = about.filter((service) => !had.includes(service));
  const unknown = gone.find((service) => current?.content.services[service] === undefined);
  if (unknown !== undefined)
    throw failure(operations.rollbackStack, 'SERVICE_NOT_DEPLOYED', `The stack has no service ${unknown}.`);
  const { profiles, infraOf, specs, values, serviceValues, secrets, nodeNames, overrides, stopped } =
    content.configuration;
  // The configuration goes back along with the whole; for a selection only what is each service's own.
  const own = {
    specs,
    serviceValues,
    nodeNames,
    stopped,
    overrides: overrides.filter(({ service }) => selected.includes(service)),
  };
  const change = services === undefined ? { ...own, profiles, infraOf, values, secrets } : own;
  return { content: partOf(content, selected), selected, gone, change };
}

function noRevision(text: string): DomainError {
  return failure(operations.rollbackStack, 'NO_REVISION', text);
}
