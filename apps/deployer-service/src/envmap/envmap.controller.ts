import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { RequestContext } from '@ushadow/observability';
import { ApplyEnvmap } from './apply-envmap.ts';

@Controller()
export class EnvmapController {
  constructor(private readonly applyEnvmap: ApplyEnvmap) {}

  @Handle(operations.applyEnvmap)
  apply(
    input: InputOf<typeof operations.applyEnvmap>,
    context: RequestContext,
  ): Promise<OutputOf<typeof operations.applyEnvmap>> {
    return this.applyEnvmap.run(input, context);
  }
}
