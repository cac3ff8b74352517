import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listAccessTrail)
  list(input: InputOf<typeof operations.listAccessTrail>): Promise<OutputOf<typeof operations.listAccessTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyAccessTrail)
  verify(): Promise<OutputOf<typeof operations.verifyAccessTrail>> {
    return this.trail.verify();
  }
}
