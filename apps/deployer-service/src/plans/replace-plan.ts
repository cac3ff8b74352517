import type { Plan as EnginePlan } from '@ushadow/deploy-engine';
import { randomUUID } from 'node:crypto';
import type { DesiredStateCipher } from '../deployments/desired-state.ts';
import { maskedPlan } from './masked-plan.ts';
import { planHash } from './plan-hash.ts';
import type { PlanStore } from './plan.store.ts';

interface Parts {
  readonly plans: PlanStore;
  readonly cipher: DesiredStateCipher;
  readonly redact: (text: string) => string;
  readonly lifeSeconds: number;
}

/** Keeps the plan that a stale one turned out to be: the same update, with the differences as they are now. */
export class ReplacePlan {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
  }

  /** Gives the new plan's id; undefined when the old one is gone. */
  async run(staleId: string, deploymentId: string, made: EnginePlan): Promise<string | undefined> {
    const { plans, cipher, redact, lifeSeconds } = this.parts;
    const stale = await plans.find(staleId);
    if (stale === undefined) return undefined;
    const { createdAt: _created, expiresAt: _expires, ...rest } = stale;
    const update = cipher.decryptUpdate(staleId, await plans.desired(staleId));
    const id = randomUUID();
    const plan = maskedPlan(made, redact);
    const hash = planHash(cipher.digestKey, { ...rest, plan });
    await plans.add({ ...rest, id, plan, hash, replaces: deploymentId }, cipher.encryptUpdate(id, update), lifeSeconds);
    return id;
  }
}
