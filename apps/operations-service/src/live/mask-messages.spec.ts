import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { Redactor } from '@ushadow/secrets';
import { maskMessages } from './mask-messages.ts';

const mask = (text: string): string => new Redactor(['hunter22']).maskValues(text);
const object = (kind: string, parts: object): KubeObject =>
  ({ apiVersion: 'v1', kind, metadata: { name: 'web', namespace: 'shop' }, ...parts }) as KubeObject;

describe('what is said of an object', () => {
  it('holds nothing that is secret, wherever in it that stands', () => {
    const terminated = { exitCode: 1, reason: 'Error', message: 'login with hunter22 failed' };
    const pod = object('Pod', {
      status: { phase: 'Failed', containerStatuses: [{ name: 'web', lastState: { terminated }, state: {} }] },
    });
    const shown = JSON.stringify(maskMessages(pod, mask));
    expect(shown).not.toContain('hunter22');
    expect(shown).toContain('login with [redacted] failed');
    const event = object('Event', { message: 'Readiness probe failed: hunter22', reason: 'Unhealthy' });
    expect(maskMessages(event, mask)).toMatchObject({ message: 'Readiness probe failed: [redacted]' });
  });

  it('is the same object where nothing is secret', () => {
    const pod = object('Pod', { status: { conditions: [{ type: 'Ready', message: 'fine' }] }, spec: {} });
    expect(maskMessages(pod, mask)).toBe(pod);
  });
});
