import { Injectable } from '@nestjs/common';
import type { InputOf, operations, PlanData } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { optionsOf } from '../deployments/deploy-options.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';
import { MakePlan } from './make-plan.ts';

/** Compiles what is asked for, asks the cluster what it would change, and keeps the answer. Writes nothing there. */
@Injectable()
export class PlanStack {
  constructor(
    private readonly updates: PrepareUpdate,
    private readonly plan: MakePlan,
  ) {}

  async run(input: InputOf<typeof operations.planStack>, context: RequestContext): Promise<PlanData> {
    const { stack, good, update, warnings, diagnostics } = await this.updates.run(input);
    const from = { kind: 'deploy', basedOn: null, about: null } as const;
    const options = optionsOf(input);
    return this.plan.run({ ...from, stack, good, update, options, warnings, diagnostics }, context);
  }
}
