import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { DeadLetterStore } from './dead-letter.store.ts';

@Controller()
export class DeadLettersController {
  constructor(private readonly store: DeadLetterStore) {}

  @Handle(operations.listDeadLetters)
  async list(input: InputOf<typeof operations.listDeadLetters>): Promise<OutputOf<typeof operations.listDeadLetters>> {
    const letters = await this.store.list(input.limit);
    return {
      dead_letters: letters.map((letter) => ({
        stream_sequence: letter.streamSequence,
        deployment_id: letter.deploymentId,
        deliveries: letter.deliveries,
        reason: letter.reason,
        time: letter.createdAt.toISOString(),
      })),
    };
  }
}
