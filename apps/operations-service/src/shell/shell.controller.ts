import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { OpenExec } from './open-exec.ts';
import { OpenPortForward } from './open-port-forward.ts';

@Controller()
export class ShellController {
  constructor(
    private readonly openExec: OpenExec,
    private readonly openPortForward: OpenPortForward,
  ) {}

  @Handle(operations.openExec)
  async exec(input: InputOf<typeof operations.openExec>): Promise<OutputOf<typeof operations.openExec>> {
    return { stream: await this.openExec.run(input) };
  }

  @Handle(operations.openPortForward)
  async forward(
    input: InputOf<typeof operations.openPortForward>,
  ): Promise<OutputOf<typeof operations.openPortForward>> {
    return { stream: await this.openPortForward.run(input) };
  }
}
