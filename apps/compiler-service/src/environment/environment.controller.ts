import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GetServiceEnv } from './get-service-env.ts';
import { SaveServiceEnv } from './save-service-env.ts';

@Controller()
export class EnvironmentController {
  constructor(
    private readonly getServiceEnv: GetServiceEnv,
    private readonly saveServiceEnv: SaveServiceEnv,
  ) {}

  @Handle(operations.getServiceEnv)
  get(input: InputOf<typeof operations.getServiceEnv>): Promise<OutputOf<typeof operations.getServiceEnv>> {
    return this.getServiceEnv.run(input);
  }

  @Handle(operations.saveServiceEnv)
  save(
    input: InputOf<typeof operations.saveServiceEnv>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.saveServiceEnv>> {
    return this.saveServiceEnv.run(input, context);
  }
}
