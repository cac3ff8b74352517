import { Module } from '@nestjs/common';
import { OutboxModule } from '../outbox/outbox.module.ts';
import { AuditController } from './audit.controller.ts';
import { ListAudit } from './list-audit.ts';
import { Trails } from './trails.ts';
import { VerifyAudit } from './verify-audit.ts';

@Module({
  imports: [OutboxModule],
  controllers: [AuditController],
  providers: [ListAudit, Trails, VerifyAudit],
})
export class AuditModule {}
