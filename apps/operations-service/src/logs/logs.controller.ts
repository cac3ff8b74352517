import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { OpenLogs } from './open-logs.ts';

@Controller()
export class LogsController {
  constructor(private readonly logs: OpenLogs) {}

  @Handle(operations.openLogs)
  async follow(input: InputOf<typeof operations.openLogs>): Promise<OutputOf<typeof operations.openLogs>> {
    return { stream: await this.logs.follow(input) };
  }

  @Handle(operations.openLogDownload)
  async download(
    input: InputOf<typeof operations.openLogDownload>,
  ): Promise<OutputOf<typeof operations.openLogDownload>> {
    return { stream: await this.logs.download(input) };
  }
}
