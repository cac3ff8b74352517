import { Controller } from '@nestjs/common';
import { operations, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ListInfraServices } from './list-infra-services.ts';
import { ListServices } from './list-services.ts';

@Controller()
export class CatalogController {
  constructor(
    private readonly listServices: ListServices,
    private readonly listInfraServices: ListInfraServices,
  ) {}

  @Handle(operations.listServices)
  available(): Promise<OutputOf<typeof operations.listServices>> {
    return this.listServices.run();
  }

  @Handle(operations.listInfraServices)
  infra(): Promise<OutputOf<typeof operations.listInfraServices>> {
    return this.listInfraServices.run();
  }
}
