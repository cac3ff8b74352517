import { describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import type { OutboxStore } from '../outbox/outbox.store.ts';
import type { DeadLetterStore } from './dead-letter.store.ts';
import { DeadLettersController } from './dead-letters.controller.ts';

const letter = {
  ...{ streamSequence: 7, storedAt: new Date(0), deploymentId: 'd', deliveries: 5, reason: 'failed' },
  createdAt: new Date(2_000),
};
const aside = (seconds: number) => ({
  id: `m${seconds}`,
  kind: 'audit',
  reason: 'no number',
  at: new Date(seconds * 1_000),
});

const controller = new DeadLettersController(
  { list: () => Promise.resolve([letter]) } as unknown as DeadLetterStore,
  { setAside: () => Promise.resolve([aside(3), aside(1)]) } as unknown as OutboxStore,
);

describe('dead letters', () => {
  it('are wake-ups and messages that could never be sent, the newest first, no more than asked for', async () => {
    const { dead_letters: all } = operations.listDeadLetters.output.parse(await controller.list({ limit: 50 }));
    expect(all.map(({ message_id, stream_sequence }) => message_id ?? stream_sequence)).toEqual(['m3', 7, 'm1']);
    expect(all[0]).toMatchObject({ reason: 'audit: no number', deployment_id: null });
    expect((await controller.list({ limit: 2 })).dead_letters).toHaveLength(2);
  });
});
