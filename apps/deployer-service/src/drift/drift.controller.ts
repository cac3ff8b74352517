import { Controller } from '@nestjs/common';
import { operations, type DriftData, type InputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { CheckDrift } from './check-drift.ts';

@Controller()
export class DriftController {
  constructor(private readonly checkDrift: CheckDrift) {}

  @Handle(operations.checkDrift)
  check(input: InputOf<typeof operations.checkDrift>): Promise<DriftData> {
    return this.checkDrift.run(input.stack_id);
  }

  @Handle(operations.getDrift)
  get(input: InputOf<typeof operations.getDrift>): Promise<DriftData> {
    return this.checkDrift.last(input.stack_id);
  }
}
