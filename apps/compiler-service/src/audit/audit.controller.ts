import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listCompilerTrail)
  list(input: InputOf<typeof operations.listCompilerTrail>): Promise<OutputOf<typeof operations.listCompilerTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyCompilerTrail)
  verify(): Promise<OutputOf<typeof operations.verifyCompilerTrail>> {
    return this.trail.verify();
  }
}
