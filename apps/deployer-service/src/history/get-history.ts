import { Injectable } from '@nestjs/common';
import type { InputOf, OutputOf, RevisionData, operations } from '@ushadow/contracts';
import type { Deployment } from '../deployments/deployment.ts';
import { toContract } from '../deployments/deployment.mapper.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import { findStack } from '../stacks/find-stack.ts';
import { StackStore } from '../stacks/stack.store.ts';
import { currentRevision, isBad, isOffered } from './revisions.ts';

type Operation = typeof operations.getHistory;

@Injectable()
export class GetHistory {
  constructor(
    private readonly store: DeploymentStore,
    private readonly stacks: StackStore,
  ) {}

  async run(input: InputOf<Operation>): Promise<OutputOf<Operation>> {
    const { id, project, namespace } = await findStack(input.stack_id, this.stacks);
    const { before: below, limit, service } = input;
    const [revisions, current] = await Promise.all([
      this.store.ofStack(id, { below, limit, service }),
      currentRevision(this.store.allOfStack(id)),
    ]);
    return { stack_id: id, project, namespace, revisions: revisions.map((each) => marks(each, current)) };
  }
}

function marks(deployment: Deployment, current: Deployment | undefined): RevisionData {
  return {
    ...toContract(deployment),
    current: deployment.id === current?.id,
    bad: isBad(deployment),
    offered: isOffered(deployment, current),
    kept: deployment.thinnedAt === null,
  };
}
