import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listClusterTrail)
  list(input: InputOf<typeof operations.listClusterTrail>): Promise<OutputOf<typeof operations.listClusterTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyClusterTrail)
  verify(): Promise<OutputOf<typeof operations.verifyClusterTrail>> {
    return this.trail.verify();
  }
}
