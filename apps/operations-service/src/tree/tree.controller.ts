import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { FollowStackTree } from './follow-stack-tree.ts';
import { LookAtStack } from './look-at-stack.ts';

@Controller()
export class TreeController {
  constructor(
    private readonly look: LookAtStack,
    private readonly follow: FollowStackTree,
  ) {}

  @Handle(operations.getStackTree)
  tree(input: InputOf<typeof operations.getStackTree>): Promise<OutputOf<typeof operations.getStackTree>> {
    return this.look.tree(input);
  }

  @Handle(operations.listStackEvents)
  events(input: InputOf<typeof operations.listStackEvents>): Promise<OutputOf<typeof operations.listStackEvents>> {
    return this.look.events(input);
  }

  @Handle(operations.openStackTree)
  async stream(input: InputOf<typeof operations.openStackTree>): Promise<OutputOf<typeof operations.openStackTree>> {
    return { stream: await this.follow.open(input) };
  }
}
