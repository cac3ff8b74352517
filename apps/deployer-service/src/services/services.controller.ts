import { Controller } from '@nestjs/common';
import { operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { ChangeService } from './change-service.ts';

@Controller()
export class ServicesController {
  constructor(private readonly change: ChangeService) {}

  @Handle(operations.stopService)
  stop(input: InputOf<typeof operations.stopService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.stop(input, context);
  }

  @Handle(operations.startService)
  start(input: InputOf<typeof operations.startService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.start(input, context);
  }

  @Handle(operations.restartService)
  restart(input: InputOf<typeof operations.restartService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.restart(input, context);
  }

  @Handle(operations.scaleService)
  scale(input: InputOf<typeof operations.scaleService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.scale(input, input.replicas, context);
  }
}
