import { Injectable } from '@nestjs/common';
import { failure, operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Catalog } from './catalog.ts';
import { toAvailable } from './list-services.ts';
import { toProject, toProjectService } from './project.mapper.ts';

const operation = operations.getProject;

/** One project with its services in full; one with errors is shown with these, and without services. */
@Injectable()
export class GetProject {
  constructor(private readonly catalog: Catalog) {}

  async run({ project: stem }: InputOf<typeof operation>): Promise<OutputOf<typeof operation>> {
    const found = await this.catalog.findProject(stem);
    if (found === undefined) throw failure(operation, 'PROJECT_NOT_FOUND', `The catalog has no project ${stem}.`);
    const active = new Set(found.active);
    return {
      ...toProject(found),
      services: found.entries.map((entry) => ({ ...toAvailable(entry), ...toProjectService(entry, active) })),
    };
  }
}
