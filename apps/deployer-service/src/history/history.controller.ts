import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GetHistory } from './get-history.ts';
import { Rollback } from './rollback.ts';

@Controller()
export class HistoryController {
  constructor(
    private readonly getHistory: GetHistory,
    private readonly rollback: Rollback,
  ) {}

  @Handle(operations.getHistory)
  get(input: InputOf<typeof operations.getHistory>): Promise<OutputOf<typeof operations.getHistory>> {
    return this.getHistory.run(input);
  }

  @Handle(operations.rollbackDeployment)
  undo(
    input: InputOf<typeof operations.rollbackDeployment>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.rollbackDeployment>> {
    return this.rollback.undo(input, context);
  }

  @Handle(operations.rollbackStack)
  ofStack(
    input: InputOf<typeof operations.rollbackStack>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.rollbackStack>> {
    return this.rollback.ofStack(input, context);
  }
}
