import { Injectable } from '@nestjs/common';
import { rebaseUpdate } from '../../content/rebase-update.ts';
import { stepTo, type Step } from '../../content/step.ts';
import type { Deployment } from '../../deployments/deployment.ts';
import { DeploymentStore } from '../../deployments/store/deployment.store.ts';
import { DesiredStateCipher } from '../../deployments/desired-state.ts';
import { StackContents, type GoodRevision } from '../../stacks/stack-contents.ts';

export interface DeploymentStep {
  /** What a failure goes back to. */
  readonly good: GoodRevision | undefined;
  readonly step: Step;
}

/** What a deployment makes of its stack, seen from the last good state below it. */
@Injectable()
export class DeploymentSteps {
  constructor(
    private readonly deployments: DeploymentStore,
    private readonly contents: StackContents,
    private readonly cipher: DesiredStateCipher,
  ) {}

  async of(deployment: Deployment): Promise<DeploymentStep> {
    const { id, stackId, revision, kind, deleteClaims } = deployment;
    const [good, inventory = [], sealed] = await Promise.all([
      this.contents.lastGood(stackId, revision),
      this.deployments.inventory(stackId, revision),
      this.deployments.desired(id),
    ]);
    if (sealed === null) throw new Error(`of deployment ${id} only the history is left`);
    const places = await this.contents.places(stackId, good, revision);
    const asked = this.cipher.decryptUpdate(id, sealed);
    // What was approved is applied as it was approved, or not at all.
    const rebased = deployment.planId === null ? rebaseUpdate(deployment, asked, good?.content) : asked;
    // What a failure has left in its claims is not forgotten with it.
    const update = { ...rebased, content: { ...rebased.content, claims: { ...rebased.content.claims, ...places } } };
    return { good, step: stepTo(good?.content, update, inventory, { isRollback: kind === 'rollback', deleteClaims }) };
  }
}
