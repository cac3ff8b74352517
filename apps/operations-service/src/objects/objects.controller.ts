import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ListConfig } from './list-config.ts';
import { RevealSecretKey } from './reveal-secret-key.ts';
import { ShowObject } from './show-object.ts';

@Controller()
export class ObjectsController {
  constructor(
    private readonly showing: ShowObject,
    private readonly config: ListConfig,
    private readonly revealing: RevealSecretKey,
  ) {}

  @Handle(operations.getLiveObject)
  show(input: InputOf<typeof operations.getLiveObject>): Promise<OutputOf<typeof operations.getLiveObject>> {
    return this.showing.show(input);
  }

  @Handle(operations.listConfig)
  list(input: InputOf<typeof operations.listConfig>): Promise<OutputOf<typeof operations.listConfig>> {
    return this.config.list(input);
  }

  @Handle(operations.revealSecretKey)
  reveal(input: InputOf<typeof operations.revealSecretKey>): Promise<OutputOf<typeof operations.revealSecretKey>> {
    return this.revealing.reveal(input);
  }
}
