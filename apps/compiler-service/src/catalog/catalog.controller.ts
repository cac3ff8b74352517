import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { GetProject } from './get-project.ts';
import { ListInfraServices } from './list-infra-services.ts';
import { ListProjects } from './list-projects.ts';
import { ListServices } from './list-services.ts';

@Controller()
export class CatalogController {
  constructor(
    private readonly listServices: ListServices,
    private readonly listInfraServices: ListInfraServices,
    private readonly listProjects: ListProjects,
    private readonly getProject: GetProject,
  ) {}

  @Handle(operations.listServices)
  available(): Promise<OutputOf<typeof operations.listServices>> {
    return this.listServices.run();
  }

  @Handle(operations.listProjects)
  projects(): Promise<OutputOf<typeof operations.listProjects>> {
    return this.listProjects.run();
  }

  @Handle(operations.getProject)
  project(input: InputOf<typeof operations.getProject>): Promise<OutputOf<typeof operations.getProject>> {
    return this.getProject.run(input);
  }

  @Handle(operations.listInfraServices)
  infra(): Promise<OutputOf<typeof operations.listInfraServices>> {
    return this.listInfraServices.run();
  }
}
