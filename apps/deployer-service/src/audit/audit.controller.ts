import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ListAudit } from './list-audit.ts';
import { VerifyAudit } from './verify-audit.ts';

@Controller()
export class AuditController {
  constructor(
    private readonly listAudit: ListAudit,
    private readonly verifyAudit: VerifyAudit,
  ) {}

  @Handle(operations.listAudit)
  list(input: InputOf<typeof operations.listAudit>): Promise<OutputOf<typeof operations.listAudit>> {
    return this.listAudit.run(input);
  }

  @Handle(operations.verifyAudit)
  verify(): Promise<OutputOf<typeof operations.verifyAudit>> {
    return this.verifyAudit.run();
  }
}
