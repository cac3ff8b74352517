import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf } from '@ushadow/contracts';
import type { Deployment } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import type { Stack } from '../stacks/stack.ts';
import { noRevision, tooOld } from './open-revision.ts';
import { passedOver, passedOverText, revisionToRestore } from './revisions.ts';

type Named = Pick<
  InputOf<typeof operations.rollbackStack>,
  'to_deployment_id' | 'to_revision' | 'to_tag' | 'before_deployment_id'
>;

/** The revision to go back to. */
@Injectable()
export class RollbackTarget {
  constructor(private readonly store: DeploymentStore) {}

  /** The one that is named, or the last good one before the current. */
  async of(stack: Stack, named: Named): Promise<Deployment> {
    const { store } = this;
    const { to_deployment_id: id, to_revision: number, to_tag: tag, before_deployment_id: undone } = named;
    if (id !== undefined) return usable(stack, await store.find(id), id);
    if (number !== undefined)
      return usable(stack, await store.findRevision(stack.id, number), `Revision ${String(number)}`);
    if (tag !== undefined) return usable(stack, await store.findTag(stack.id, tag), `Tag ${tag}`);
    if (undone !== undefined) {
      const deployment = await store.find(undone);
      if (deployment?.stackId === stack.id) return this.before(stack, deployment);
      throw failure(
        operations.planRollback,
        'DEPLOYMENT_NOT_FOUND',
        `No deployment of this stack has the id ${undone}.`,
      );
    }
    const target = await revisionToRestore(store.allOfStack(stack.id));
    if (target === undefined) throw noRevision(`${stack.project} has no good revision to go back to.`);
    return target;
  }

  /** The last good one before a deployment. */
  async before(stack: Stack, { revision }: Deployment): Promise<Deployment> {
    const target = await revisionToRestore(this.store.allOfStack(stack.id, revision), revision);
    if (target === undefined) throw noRevision(`There is no good revision before ${String(revision)}.`);
    if (target.thinnedAt !== null) throw tooOld(target);
    return target;
  }

  /** Whoever named no revision is told where it is not the one that one would think of. */
  async remark({ id }: Stack, target: Deployment, named: Named): Promise<string | undefined> {
    if (Object.values(pick(named)).some((each) => each !== undefined)) return undefined;
    return passedOverText(await passedOver(this.store.allOfStack(id), target));
  }
}

function pick({ to_deployment_id, to_revision, to_tag, before_deployment_id }: Named): Named {
  return { to_deployment_id, to_revision, to_tag, before_deployment_id };
}

/** Whoever names one may have a bad one back; it must only be one that was whole. */
export function usable({ id, project, namespace }: Stack, target: Deployment | undefined, name: string): Deployment {
  if (target?.stackId !== id) throw noRevision(`${name} is no revision of ${project} in ${namespace}.`);
  if (target.thinnedAt !== null) throw tooOld(target);
  if (target.status !== 'succeeded' || target.kind === 'remove')
    throw noRevision(`Revision ${String(target.revision)} never stood: ${target.kind} ${target.status}.`);
  return target;
}
