import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle, OwnTrail } from '@ushadow/messaging';

@Controller()
export class AuditController {
  constructor(private readonly trail: OwnTrail) {}

  @Handle(operations.listScannerTrail)
  list(input: InputOf<typeof operations.listScannerTrail>): Promise<OutputOf<typeof operations.listScannerTrail>> {
    return this.trail.list(input);
  }

  @Handle(operations.verifyScannerTrail)
  verify(): Promise<OutputOf<typeof operations.verifyScannerTrail>> {
    return this.trail.verify();
  }
}
