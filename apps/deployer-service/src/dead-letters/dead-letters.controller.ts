import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { DeadLetterStore } from './dead-letter.store.ts';
import { newestLetters } from './newest-letters.ts';

@Controller()
export class DeadLettersController {
  constructor(
    private readonly store: DeadLetterStore,
    private readonly outbox: OutboxStore,
  ) {}

  @Handle(operations.listDeadLetters)
  async list({
    limit,
  }: InputOf<typeof operations.listDeadLetters>): Promise<OutputOf<typeof operations.listDeadLetters>> {
    const [letters, setAside] = await Promise.all([this.store.list(limit), this.outbox.setAside(limit)]);
    return { dead_letters: newestLetters(letters, setAside, limit) };
  }
}
