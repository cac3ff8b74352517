import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import { NO_CONTENT, type StackContent } from '../content/stack-content.ts';
import { knownService } from '../content/testing/known-service.ts';
import { updateOf } from './rollback-update.ts';

const workload = (name: string): KubeObject => ({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } });
/** A content with one workload for each group of services. */
const contentOf = (...pods: readonly (readonly [string, ...string[]])[]): StackContent => ({
  ...NO_CONTENT,
  objects: pods.map(([name, ...mates]) => ({ object: workload(name), services: [name, ...mates] })),
  services: Object.fromEntries(pods.flat().map((service) => [service, knownService(service)])),
});

describe('going back with one service', () => {
  it('takes along whoever shares its pod, then or now, and leaves the rest', () => {
    const together = contentOf(['web', 'proxy'], ['db']);
    const apart = contentOf(['web'], ['proxy'], ['db']);
    for (const [then, now] of [
      [together, together],
      [together, apart],
      [apart, together],
    ] as const) {
      const { selected, gone, content } = updateOf(then, now, ['proxy'], []);
      expect([selected, gone]).toEqual([['proxy', 'web'], []]);
      expect(Object.keys(content.services).sort()).toEqual(['proxy', 'web']);
    }
  });

  it('is refused by name where a mate would go that nobody named', () => {
    const [then, now] = [contentOf(['web']), contentOf(['web', 'proxy'])];
    expect(() => updateOf(then, now, ['web'], [])).toThrow(/^proxy shares a pod with web now/);
    expect(updateOf(then, now, ['web', 'proxy'], [])).toMatchObject({ selected: ['web'], gone: ['proxy'] });
    expect(updateOf(then, now, undefined, [])).toMatchObject({ selected: ['web'], gone: ['proxy'] });
  });

  it('knows no service that neither had', () => {
    expect(() => updateOf(contentOf(['web']), contentOf(['web']), ['nope'], [])).toThrow(
      'The stack has no service nope.',
    );
  });
});

describe('going back with the whole', () => {
  it('takes away what was left by deployments that failed, or is about to come', () => {
    const good = contentOf(['web']);
    expect(updateOf(good, good, undefined, ['web', 'left'])).toMatchObject({ selected: ['web'], gone: ['left'] });
    expect(updateOf(good, good, ['left'], ['left'])).toMatchObject({ selected: [], gone: ['left'] });
  });
});
