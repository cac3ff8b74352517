import { describe, expect, it } from '@jest/globals';
import { streams, type Stream } from '@ushadow/contracts';
import { declaredStream, driftOf, versionOf, withVersion } from './declared-config.ts';

describe('the declaration of a stream', () => {
  it('bounds every stream by age, number and bytes', () => {
    for (const stream of Object.values(streams as Readonly<Record<string, Stream>>)) {
      const { max_age: age, max_bytes: bytes, max_msgs: messages } = declaredStream(stream);
      expect([age > 0, bytes > 0, messages > 0]).toEqual([true, true, true]);
    }
  });

  it('names each field that is otherwise, and leaves alone what it says nothing of', () => {
    const declared = declaredStream(streams.audit);
    expect(driftOf(declared, { ...declared, num_replicas: 3 })).toEqual([]);
    expect(driftOf(declared, { ...declared, max_bytes: -1 })).toEqual(['max_bytes -1 instead of 268435456']);
  });

  it('keeps its version beside what others have noted, without what the server says of itself', () => {
    const noted = withVersion({ team: 'a', '_nats.level': '1', 'ushadow.version': '1' }, 2);
    expect(noted).toEqual({ team: 'a', 'ushadow.version': '2' });
    expect([versionOf(noted), versionOf({}), versionOf(undefined), versionOf({ 'ushadow.version': 'x' })]).toEqual([
      2, 0, 0, 0,
    ]);
  });
});
