import { Injectable } from '@nestjs/common';
import { failure, operations, type DomainError } from '@ushadow/contracts';
import { SecretsError } from '@ushadow/secrets';
import type { Deployment } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { StackContents, type GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';

/** Finds a revision of a stack by its number or a tag, or the current one, and opens what it has left. */
@Injectable()
export class OpenRevision {
  constructor(
    private readonly store: DeploymentStore,
    private readonly contents: StackContents,
  ) {}

  /** @throws DomainError `REVISION_NOT_FOUND` */
  async find({ id, project, namespace }: Stack, ref: string): Promise<Deployment> {
    if (ref === 'current') {
      const good = await this.store.lastGood(id);
      if (good === undefined) throw noRevision(`${project} in ${namespace} was never brought to a good state.`);
      return good;
    }
    const isNumber = /^[0-9]/.test(ref);
    const found = await (isNumber ? this.store.findRevision(id, Number(ref)) : this.store.findTag(id, ref));
    if (found !== undefined) return found;
    const what = isNumber ? 'revision' : 'tag';
    const text = `${project} in ${namespace} has no ${what} ${ref}.`;
    throw failure(operations.listManifests, 'REVISION_NOT_FOUND', text);
  }

  /** @throws DomainError `NO_REVISION` with why there is nothing to open */
  async open(deployment: Deployment): Promise<GoodRevision> {
    if (deployment.thinnedAt !== null) throw tooOld(deployment);
    const number = String(deployment.revision);
    try {
      const revision = await this.contents.of(deployment);
      if (revision !== undefined) return revision;
    } catch (error) {
      if (!(error instanceof SecretsError)) throw error;
      throw noRevision(`Revision ${number} cannot be opened any more: the key that it is sealed with is gone.`);
    }
    const { kind, status } = deployment;
    throw noRevision(`Revision ${number} has left no whole state: ${kind} ${status}.`);
  }
}

export function tooOld({ revision }: Pick<Deployment, 'revision'>): DomainError {
  return noRevision(`Revision ${String(revision)} is older than is kept: only its history is left.`);
}

export function noRevision(text: string): DomainError {
  return failure(operations.rollbackStack, 'NO_REVISION', text);
}
