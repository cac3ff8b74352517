import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listNotifierTrail)
  list(input: InputOf<typeof operations.listNotifierTrail>): Promise<OutputOf<typeof operations.listNotifierTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyNotifierTrail)
  verify(): Promise<OutputOf<typeof operations.verifyNotifierTrail>> {
    return this.trail.verify();
  }
}
