import { describe, expect, it } from '@jest/globals';
import { newestLetters } from './newest-letters.ts';

const letter = {
  ...{ streamSequence: 7, storedAt: new Date(0), deploymentId: 'd', deliveries: 5, reason: 'failed' },
  createdAt: new Date(2_000),
};
const aside = (seconds: number) => ({
  ...{ id: `m${String(seconds)}`, kind: 'audit', reason: 'no number', at: new Date(seconds * 1_000) },
});

describe('dead letters', () => {
  it('are wake-ups and messages that could never be sent, the newest first, no more than asked for', () => {
    const all = newestLetters([letter], [aside(3), aside(1)], 50);
    expect(all.map(({ message_id, stream_sequence }) => message_id ?? stream_sequence)).toEqual(['m3', 7, 'm1']);
    expect(all[0]).toMatchObject({ reason: 'audit: no number', deployment_id: null });
    expect(newestLetters([letter], [aside(3), aside(1)], 2)).toHaveLength(2);
  });
});
