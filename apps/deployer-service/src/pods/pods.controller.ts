import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ListPods } from './list-pods.ts';

@Controller()
export class PodsController {
  constructor(private readonly listPods: ListPods) {}

  @Handle(operations.listPods)
  list(input: InputOf<typeof operations.listPods>): Promise<OutputOf<typeof operations.listPods>> {
    return this.listPods.run(input);
  }
}
