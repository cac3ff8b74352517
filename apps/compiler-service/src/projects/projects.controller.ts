import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { CompileProject } from './compile-project.ts';
import { ProjectVariables } from './project-variables.ts';

@Controller()
export class ProjectsController {
  constructor(
    private readonly compileProject: CompileProject,
    private readonly projectVariables: ProjectVariables,
  ) {}

  @Handle(operations.compileProject)
  compile(input: InputOf<typeof operations.compileProject>): Promise<OutputOf<typeof operations.compileProject>> {
    return this.compileProject.run(input);
  }

  @Handle(operations.projectVariables)
  variables(input: InputOf<typeof operations.projectVariables>): Promise<OutputOf<typeof operations.projectVariables>> {
    return this.projectVariables.run(input);
  }
}
