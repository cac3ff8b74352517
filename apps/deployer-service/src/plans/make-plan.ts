import { Inject, Injectable } from '@nestjs/common';
import type { PlanData } from '@ushadow/contracts';
import type { Failure } from '@ushadow/deploy-engine';
import type { RequestContext } from '@ushadow/observability';
import { CONFIG } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import type { DeployerConfig } from '../config.ts';
import { claimsThatStay } from '../content/claims-that-stay.ts';
import type { StackUpdate } from '../content/stack-content.ts';
import { stepTo } from '../content/step.ts';
import type { DeployOptions } from '../deployments/deployment.ts';
import { DesiredStateCipher, wantedText } from '../deployments/desired-state.ts';
import { DeploymentStore } from '../deployments/store/deployment.store.ts';
import type { GoodRevision } from '../stacks/stack-contents.ts';
import type { Stack } from '../stacks/stack.ts';
import { EngineOptionsBuilder } from '../updates/engine-options.ts';
import { AskCluster } from './ask-cluster.ts';
import { planHash } from './plan-hash.ts';
import { toContract } from './plan.mapper.ts';
import { PlanStore } from './plan.store.ts';
import type { StoredPlan } from './plan.ts';
import { withoutSaid } from './without-said.ts';

/** What a plan is made of. */
export interface PlanInputs extends Pick<StoredPlan, 'kind' | 'basedOn' | 'about' | 'diagnostics'> {
  readonly stack: Stack;
  readonly good: GoodRevision | undefined;
  readonly update: StackUpdate;
  readonly options: DeployOptions;
  /** What people should know before it is done. */
  readonly warnings: readonly Failure[];
}

/** Asks the cluster what an update of a stack would change, and keeps the answer. */
@Injectable()
export class MakePlan {
  constructor(
    private readonly engine: EngineOptionsBuilder,
    private readonly cluster: AskCluster,
    private readonly deployments: DeploymentStore,
    private readonly plans: PlanStore,
    private readonly cipher: DesiredStateCipher,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  async run(
    { stack, good, update, options, warnings, ...rest }: PlanInputs,
    context: RequestContext,
  ): Promise<PlanData> {
    const { deployments, plans, cipher, config } = this;
    const inventory = (await deployments.inventory(stack.id)) ?? [];
    const { deleteClaims } = options;
    const step = stepTo(good?.content, update, inventory, { isRollback: rest.kind === 'rollback', deleteClaims });
    const { target, namespace, project } = stack;
    const place = { stackId: stack.id, target, namespace, project };
    const engine = await this.engine.build(place, step, options);
    const asked = await this.cluster.run(target, step, engine, context);
    const objects = update.content.objects.map(({ object }) => object);
    const found = withoutSaid(asked.plan.warnings, warnings, objects);
    const plan = { ...asked.plan, warnings: [...warnings, ...claimsThatStay(deleteClaims, step), ...found] };
    const id = randomUUID();
    const desiredDigest = cipher.digest(wantedText(update));
    const baseRevision = good?.deployment.revision ?? null;
    const stored = await plans.add(
      {
        ...{ id, ...place, ...rest, baseRevision, desiredDigest, options, plan },
        services: [...update.selected, ...update.gone],
        missingPermissions: asked.missing,
        hash: planHash(cipher.digestKey, { ...place, kind: rest.kind, desiredDigest, baseRevision, options, plan }),
        replaces: null,
        actor: context.actor,
        requestId: context.requestId,
      },
      cipher.encryptUpdate(id, update),
      config.PLAN_SECONDS,
    );
    return toContract(stored, update);
  }
}
