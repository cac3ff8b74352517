import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { CheckImages } from './check-images.ts';

@Controller()
export class RegistryController {
  constructor(private readonly checkImages: CheckImages) {}

  @Handle(operations.checkImages)
  check(input: InputOf<typeof operations.checkImages>): Promise<OutputOf<typeof operations.checkImages>> {
    return this.checkImages.run(input);
  }
}
