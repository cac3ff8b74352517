import { Controller } from '@nestjs/common';
import { operations, type InputOf, type OutputOf } from '@ushadow/contracts';
import { Handle } from '@ushadow/messaging';
import type { SetAside } from '@ushadow/postgres';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { DeadLetterStore } from './dead-letter.store.ts';

type Letters = OutputOf<typeof operations.listDeadLetters>['dead_letters'];
type StoredLetter = Awaited<ReturnType<DeadLetterStore['list']>>[number];

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
    const all: Letters = [...letters.map(fromLetter), ...setAside.map(fromSetAside)];
    return { dead_letters: all.toSorted((one, other) => other.time.localeCompare(one.time)).slice(0, limit) };
  }
}

function fromLetter({ streamSequence, deploymentId, deliveries, reason, createdAt }: StoredLetter): Letters[number] {
  return {
    stream_sequence: streamSequence,
    message_id: null,
    deployment_id: deploymentId,
    deliveries,
    reason,
    time: createdAt.toISOString(),
  };
}

function fromSetAside({ id, kind, reason, at }: SetAside): Letters[number] {
  return {
    stream_sequence: null,
    message_id: id,
    deployment_id: null,
    deliveries: 0,
    reason: `${kind}: ${reason}`,
    time: at.toISOString(),
  };
}
