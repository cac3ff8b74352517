import { Inject, Injectable } from '@nestjs/common';
import type { Plan as EnginePlan } from '@ushadow/deploy-engine';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import { randomUUID } from 'node:crypto';
import type { DeployerConfig } from '../config.ts';
import { DesiredStateCipher } from '../deployments/desired-state.ts';
import { maskedPlan } from './masked-plan.ts';
import { planHash } from './plan-hash.ts';
import { PlanStore } from './plan.store.ts';

/** Keeps the plan that a stale one turned out to be: the same update, with the differences as they are now. */
@Injectable()
export class ReplacePlan {
  constructor(
    private readonly plans: PlanStore,
    private readonly cipher: DesiredStateCipher,
    private readonly redactor: Redactor,
    @Inject(CONFIG) private readonly config: DeployerConfig,
  ) {}

  /** Gives the new plan's id; undefined when the old one is gone. */
  async run(staleId: string, deploymentId: string, made: EnginePlan): Promise<string | undefined> {
    const { plans, cipher, redactor, config } = this;
    const stale = await plans.find(staleId);
    if (stale === undefined) return undefined;
    const { createdAt: _created, expiresAt: _expires, ...rest } = stale;
    const update = cipher.decryptUpdate(staleId, await plans.desired(staleId));
    const id = randomUUID();
    const plan = maskedPlan(made, (text) => redactor.text(text));
    const hash = planHash(cipher.digestKey, { ...rest, plan });
    await plans.add(
      { ...rest, id, plan, hash, replaces: deploymentId },
      cipher.encryptUpdate(id, update),
      config.PLAN_SECONDS,
    );
    return id;
  }
}
