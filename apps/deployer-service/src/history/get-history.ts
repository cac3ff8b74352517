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
    const numbers = await this.store.numbersOf(revisions.flatMap(({ basedOn }) => basedOn ?? []));
    return {
      stack_id: id,
      ...{ project, namespace },
      revisions: revisions.map((each) => toRevision(each, current, numbers)),
    };
  }
}

function toRevision(
  deployment: Deployment,
  current: Deployment | undefined,
  numbers: ReadonlyMap<string, number>,
): RevisionData {
  const { basedOn, afterDigest, tags, thinnedAt } = deployment;
  return {
    ...toContract(deployment),
    current: deployment.id === current?.id,
    bad: isBad(deployment),
    offered: isOffered(deployment, current),
    content_digest: afterDigest,
    tags: [...tags],
    based_on_revision: basedOn === null ? null : (numbers.get(basedOn) ?? null),
    kept: thinnedAt === null,
  };
}
