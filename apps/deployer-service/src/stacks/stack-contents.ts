import type { StackContent } from '../content/stack-content.ts';
import type { Deployment } from '../deployments/deployment.ts';
import type { DeploymentStore } from '../deployments/deployment.store.ts';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';

/** A deployment, with the complete state it has left. */
export interface GoodRevision {
  readonly deployment: Deployment;
  readonly content: StackContent;
}

/** Opens what good deployments have left. */
export class StackContents {
  private readonly store: DeploymentStore;
  private readonly cipher: DesiredStateCipher;

  constructor(store: DeploymentStore, cipher: DesiredStateCipher) {
    this.store = store;
    this.cipher = cipher;
  }

  /** The last good one of a stack, below a revision. */
  async lastGood(stackId: string, below?: number): Promise<GoodRevision | undefined> {
    const deployment = await this.store.lastGood(stackId, below);
    return deployment === undefined ? undefined : this.of(deployment);
  }

  /** Undefined when it has left none. */
  async of(deployment: Deployment): Promise<GoodRevision | undefined> {
    const sealed = await this.store.content(deployment.id);
    if (sealed === null) return undefined;
    return { deployment, content: this.cipher.decryptContent(deployment.id, sealed) };
  }
}
