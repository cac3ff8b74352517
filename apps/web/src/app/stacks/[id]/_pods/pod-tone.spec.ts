import { describe, expect, it } from '@jest/globals';
import { podTone } from './pod-tone.ts';

describe('podTone', () => {
  it.each([
    ['Running', 'ok'],
    ['ContainerCreating', 'info'],
    ['CrashLoopBackOff', 'bad'],
    ['ErrImagePull', 'bad'],
    ['OOMKilled', 'bad'],
    ['CreateContainerConfigError', 'bad'],
    ['Terminating', 'neutral'],
    ['SomethingNew', 'neutral'],
  ])('%s looks %s', (status, tone) => {
    expect(podTone(status)).toBe(tone);
  });
});
