import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { GetTemplate } from './get-template.ts';
import { ListTemplates } from './list-templates.ts';
import { UseTemplate } from './use-template.ts';

@Controller()
export class TemplatesController {
  constructor(
    private readonly listTemplates: ListTemplates,
    private readonly getTemplate: GetTemplate,
    private readonly useTemplate: UseTemplate,
  ) {}

  @Handle(operations.listTemplates)
  list(input: InputOf<typeof operations.listTemplates>): Promise<OutputOf<typeof operations.listTemplates>> {
    return this.listTemplates.run(input);
  }

  @Handle(operations.getTemplate)
  get(input: InputOf<typeof operations.getTemplate>): Promise<OutputOf<typeof operations.getTemplate>> {
    return this.getTemplate.run(input);
  }

  @Handle(operations.useTemplate)
  use(
    input: InputOf<typeof operations.useTemplate>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.useTemplate>> {
    return this.useTemplate.run(input, context);
  }
}
