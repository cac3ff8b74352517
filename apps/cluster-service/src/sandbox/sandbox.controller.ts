import { Controller } from '@nestjs/common';
import { operations, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { ReadSandbox } from './read-sandbox.ts';

@Controller()
export class SandboxController {
  constructor(private readonly readSandbox: ReadSandbox) {}

  @Handle(operations.getSandbox)
  get(): Promise<OutputOf<typeof operations.getSandbox>> {
    return this.readSandbox.run();
  }
}
