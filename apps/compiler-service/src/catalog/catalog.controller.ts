import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { GetServiceEnv } from '../environment/get-service-env.ts';
import { ListInfraServices } from './list-infra-services.ts';
import { ListServices } from './list-services.ts';

@Controller()
export class CatalogController {
  constructor(
    private readonly listServices: ListServices,
    private readonly listInfraServices: ListInfraServices,
    private readonly getServiceEnv: GetServiceEnv,
  ) {}

  @Handle(operations.listServices)
  async available(): Promise<OutputOf<typeof operations.listServices>> {
    return this.listServices.run();
  }

  @Handle(operations.listInfraServices)
  async infra(): Promise<OutputOf<typeof operations.listInfraServices>> {
    return this.listInfraServices.run();
  }

  @Handle(operations.getServiceEnv)
  async env(input: InputOf<typeof operations.getServiceEnv>): Promise<OutputOf<typeof operations.getServiceEnv>> {
    return this.getServiceEnv.run(input.service_id);
  }
}
