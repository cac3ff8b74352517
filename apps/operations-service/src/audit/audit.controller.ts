import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listOperationsTrail)
  list(
    input: InputOf<typeof operations.listOperationsTrail>,
  ): Promise<OutputOf<typeof operations.listOperationsTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyOperationsTrail)
  verify(): Promise<OutputOf<typeof operations.verifyOperationsTrail>> {
    return this.trail.verify();
  }
}
