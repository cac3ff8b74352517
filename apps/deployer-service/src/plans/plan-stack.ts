import { Injectable } from '@nestjs/common';
import type { InputOf, operations, OutputOf } from '@ushadow/contracts';
import type { RequestContext } from '@ushadow/observability';
import { optionsOf } from '../deployments/deploy-options.ts';
import { PrepareUpdate } from '../updates/prepare-update.ts';
import { PlanUpdate } from './plan-update.ts';

type Operation = typeof operations.planStack;

/** Compiles what is asked for, and plans it. */
@Injectable()
export class PlanStack {
  constructor(
    private readonly updates: PrepareUpdate,
    private readonly planUpdate: PlanUpdate,
  ) {}

  async run(input: InputOf<Operation>, context: RequestContext): Promise<OutputOf<Operation>> {
    const { cluster: _cluster, ...prepared } = await this.updates.run(input);
    return this.planUpdate.run({ ...prepared, kind: 'deploy', basedOn: null, options: optionsOf(input) }, context);
  }
}
