import { Controller } from '@nestjs/common';
import { operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { RunJob } from './run-job.ts';

@Controller()
export class RunsController {
  constructor(private readonly runJob: RunJob) {}

  @Handle(operations.runJob)
  run(input: InputOf<typeof operations.runJob>, context: RequestContext): Promise<DeploymentData> {
    return this.runJob.run(input, context);
  }
}
