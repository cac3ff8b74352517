import { describe, expect, it } from '@jest/globals';
import { messageOf, readMessage } from './read-message.ts';

const end = (value: unknown) => readMessage(messageOf(3, new TextEncoder().encode(JSON.stringify(value))));

describe('what a terminal is told', () => {
  it('is bytes as they are, from either output', () => {
    const bytes = Uint8Array.of(0, 255, 27);
    expect(readMessage(messageOf(1, bytes))).toEqual({ kind: 'bytes', bytes });
    expect(readMessage(messageOf(2, bytes))).toEqual({ kind: 'bytes', bytes });
    expect(readMessage(messageOf(9, bytes))).toBeUndefined();
    expect(readMessage(new Uint8Array())).toBeUndefined();
  });

  it('is at last the exit code, the refusal, or that the connection is lost', () => {
    expect(end({ reason: 'done', exit_code: 7 })).toEqual({ kind: 'end', state: { kind: 'ended', exitCode: 7 } });
    expect(end({ reason: 'restart' })).toEqual({ kind: 'end', state: { kind: 'lost', isRestart: true } });
    const error = { code: 'POLICY_REFUSED', kind: 'forbidden', message: 'no', retryable: false };
    expect(end({ reason: 'failure', error })).toMatchObject({
      state: { kind: 'refused', error: { code: 'POLICY_REFUSED' } },
    });
    expect(end('?')).toEqual({ kind: 'end', state: { kind: 'lost', isRestart: false } });
  });
});
