import { Injectable } from '@nestjs/common';
import { failure, operations } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { findingToContract } from '../plans/plan.mapper.ts';
import { PlanStore } from '../plans/plan.store.ts';
import type { StoredPlan } from '../plans/plan.ts';
import { BeginDeployment } from './begin-deployment.ts';
import type { Deployment } from './deployment.ts';
import { DesiredStateCipher, wantedText } from './desired-state.ts';

const operation = operations.deployStack;

interface Asked {
  readonly supersede?: boolean | undefined;
  readonly message?: string | undefined;
}

/** Begins a deployment of a stored plan exactly as it stands. */
@Injectable()
export class ApplyPlan {
  constructor(
    private readonly plans: PlanStore,
    private readonly begin: BeginDeployment,
    private readonly cipher: DesiredStateCipher,
  ) {}

  /**
   * @param isMeant whether the plan is of what it is asked for
   * @throws DomainError `PLAN_NOT_FOUND`, `PLAN_EXPIRED`, `PLAN_NOT_APPLICABLE`, `DEPLOYMENT_IN_PROGRESS`
   */
  async run(
    planId: string,
    isMeant: (plan: StoredPlan) => boolean,
    { supersede, message }: Asked,
    context: RequestContext,
  ): Promise<{ readonly deployment: Deployment; readonly plan: StoredPlan }> {
    const { plans, cipher, begin } = this;
    const plan = await plans.find(planId);
    if (plan === undefined || !isMeant(plan))
      throw failure(operation, 'PLAN_NOT_FOUND', `No plan of this has the id ${planId}.`);
    refuseUnfit(plan);
    const update = cipher.decryptUpdate(planId, await plans.desired(planId));
    if (!cipher.isDigestOf(plan.desiredDigest, wantedText(update)))
      throw failure(operation, 'PLAN_EXPIRED', 'The plan was made under a key that is gone. Make another one.');
    const { stackId, clusterId, namespace, project, options, hash, kind, basedOn } = plan;
    const deployment = await begin.run(
      {
        ...{ stackId, clusterId, namespace, project },
        ...options,
        ...{ kind, basedOn, planId, planHash: hash, deleteNamespace: false },
        ...{ update, supersede, message },
      },
      context,
    );
    return { deployment, plan };
  }
}

function refuseUnfit({ expiresAt, plan }: StoredPlan): void {
  if (expiresAt.getTime() < Date.now()) {
    const text = `The plan could be applied until ${expiresAt.toISOString()}. Make another one.`;
    throw failure(operation, 'PLAN_EXPIRED', text);
  }
  const [problem] = plan.problems;
  if (problem === undefined) return;
  const details = { problems: plan.problems.map(findingToContract) };
  throw failure(operation, 'PLAN_NOT_APPLICABLE', `The cluster refuses it: ${problem.message}`, { details });
}
