import { Module } from '@nestjs/common';
import { SharedModule } from '../shared.module.ts';
import { LogsController } from './logs.controller.ts';
import { OpenLogs } from './open-logs.ts';

/** What containers write, as it comes. */
@Module({
  imports: [SharedModule],
  controllers: [LogsController],
  providers: [OpenLogs],
})
export class LogsModule {}
