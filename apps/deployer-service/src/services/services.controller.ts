import { Controller } from '@nestjs/common';
import { operations, type DeploymentData, type InputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { ChangeService } from './change-service.ts';
import { RemoveService } from './remove-service.ts';

@Controller()
export class ServicesController {
  constructor(
    private readonly change: ChangeService,
    private readonly removeService: RemoveService,
  ) {}

  @Handle(operations.stopService)
  stop(input: InputOf<typeof operations.stopService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.stop(input, context);
  }

  @Handle(operations.resumeService)
  resume(input: InputOf<typeof operations.resumeService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.resume(input, context);
  }

  @Handle(operations.restartService)
  restart(input: InputOf<typeof operations.restartService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.restart(input, context);
  }

  @Handle(operations.scaleService)
  scale(input: InputOf<typeof operations.scaleService>, context: RequestContext): Promise<DeploymentData> {
    return this.change.scale(input, input.replicas, context);
  }

  @Handle(operations.removeService)
  remove(input: InputOf<typeof operations.removeService>, context: RequestContext): Promise<DeploymentData> {
    return this.removeService.run(input, context);
  }
}
