import { Injectable } from '@nestjs/common';
import { failure, operations } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { BeginDeployment, type Request } from '../deployments/begin-deployment.ts';
import type { Deployment } from '../deployments/deployment.ts';
import { wantedText, DesiredStateCipher } from '../deployments/desired-state.ts';
import { findingToContract } from './plan.mapper.ts';
import { PlanStore } from './plan.store.ts';
import type { StoredPlan } from './plan.ts';

const operation = operations.deployStack;

export interface Applied {
  readonly plan: StoredPlan;
  readonly deployment: Deployment;
}

/** Begins exactly what a stored plan says: a deployment, or a rollback. */
@Injectable()
export class ApplyPlan {
  constructor(
    private readonly plans: PlanStore,
    private readonly begin: BeginDeployment,
    private readonly cipher: DesiredStateCipher,
  ) {}

  /** @param isMeant of the plan: it is one of what was asked for */
  async run(
    planId: string,
    isMeant: (plan: StoredPlan) => boolean,
    how: Pick<Request, 'supersede' | 'message'>,
    context: RequestContext,
  ): Promise<Applied> {
    const { plans, begin, cipher } = this;
    const plan = await plans.find(planId);
    if (plan === undefined || !isMeant(plan))
      throw failure(operation, 'PLAN_NOT_FOUND', `No plan of this has the id ${planId}.`);
    refuseUnfit(plan);
    const update = cipher.decryptUpdate(planId, await plans.desired(planId));
    if (!cipher.isDigestOf(plan.desiredDigest, wantedText(update)))
      throw failure(operation, 'PLAN_EXPIRED', 'The plan was made under a key that is gone. Make another one.');
    const { stackId, target, namespace, project, options, hash, kind, basedOn } = plan;
    const deployment = await begin.run(
      {
        ...{ stackId, target, namespace, project, kind, basedOn },
        ...options,
        ...{ planId, planHash: hash, deleteNamespace: false, update },
        ...how,
      },
      context,
    );
    return { plan, deployment };
  }
}

function refuseUnfit({ expiresAt, plan }: StoredPlan): void {
  if (expiresAt.getTime() < Date.now()) {
    const text = `The plan could be applied until ${expiresAt.toISOString()}. Make it anew.`;
    throw failure(operation, 'PLAN_EXPIRED', text);
  }
  const [problem] = plan.problems;
  if (problem === undefined) return;
  const details = { problems: plan.problems.map(findingToContract) };
  throw failure(operation, 'PLAN_NOT_APPLICABLE', `The cluster refuses it: ${problem.message}`, { details });
}
