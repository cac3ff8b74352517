import { Injectable } from '@nestjs/common';
import { knownPlaces, type Places } from '../content/known-places.ts';
import type { StackContent, StackUpdate } from '../content/stack-content.ts';
import { triedSecrets, type TriedSecrets } from '../content/tried-secrets.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';

/** A deployment, with the complete state it has left. */
export interface GoodRevision {
  readonly deployment: Deployment;
  readonly content: StackContent;
}

/** So many that failed one after the other are asked where they left data. */
export const TRIED = 50;

/** Opens what good deployments have left. */
@Injectable()
export class StackContents {
  constructor(
    private readonly store: DeploymentStore,
    private readonly cipher: DesiredStateCipher,
  ) {}

  /** The last good one of a stack, below a revision. */
  async lastGood(stackId: string, below?: number): Promise<GoodRevision | undefined> {
    const deployment = await this.store.lastGood(stackId, below);
    return deployment === undefined ? undefined : this.of(deployment);
  }

  /** Where the volumes of a stack lie, by its last good revision and by what was tried since then, below a revision. */
  async places(stackId: string, good: GoodRevision | undefined, below?: number): Promise<Places> {
    return (await this.kept(stackId, good, below)).claims;
  }

  /** Where its volumes lie, and the secrets that were given since the last good revision. */
  async kept(
    stackId: string,
    good: GoodRevision | undefined,
    below?: number,
  ): Promise<{ readonly claims: Places; readonly secrets: TriedSecrets }> {
    const [inventory = [], updates] = await Promise.all([
      this.store.inventory(stackId, below),
      this.tried(stackId, good, below),
    ]);
    const claims = updates.map(({ content }) => content.claims ?? {});
    const changes = updates.map(({ change }) => change);
    return {
      claims: knownPlaces(good?.content, claims, inventory),
      secrets: triedSecrets(good?.content.configuration, changes),
    };
  }

  /** What deployments since a good revision meant to do, newest first. */
  async tried(stackId: string, good: GoodRevision | undefined, below?: number): Promise<readonly StackUpdate[]> {
    const { store, cipher } = this;
    const recent = await store.ofStack(stackId, { above: good?.deployment.revision, below, limit: TRIED });
    const tried = recent.filter(({ kind, startedAt }) => kind === 'deploy' && startedAt !== null);
    const sealed = await Promise.all(tried.map(async ({ id }) => ({ id, desired: await store.desired(id) })));
    // Only the history is left of those from before a good one that has come meanwhile.
    return sealed.flatMap(({ id, desired }) => (desired === null ? [] : cipher.decryptUpdate(id, desired)));
  }

  /** Undefined when it has left none. */
  async of(deployment: Deployment): Promise<GoodRevision | undefined> {
    const sealed = await this.store.content(deployment.id);
    if (sealed === null) return undefined;
    return { deployment, content: this.cipher.decryptContent(deployment.id, sealed) };
  }
}
