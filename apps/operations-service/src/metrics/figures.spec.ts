import { describe, expect, it } from '@jest/globals';
import type { KubeObject } from '@ushadow/kubernetes';
import type { PodUsage } from '@ushadow/live-tree';
import { chosenPods, historyOf } from './figures.ts';

const pod = (name: string): KubeObject => ({ apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'shop' } });
const usage = (name: string): PodUsage => ({ pod: name, at: '', cpuMillicores: 10, memoryBytes: 100, containers: [] });

describe('what the pods of a stack have used', () => {
  const samples = [{ at: 0, value: new Map(['web', 'db', 'theirs'].map((name) => [name, usage(name)])) }];
  const used = (asked?: string) =>
    historyOf(samples, chosenPods([pod('web'), pod('db')], asked)).map(({ memory_bytes }) => memory_bytes);

  it('is what all of them have, or the one that was asked for', () => {
    expect([used(), used('web')]).toEqual([[200], [100]]);
  });

  it('is nothing of another’s pod in the same namespace', () => {
    expect(used('theirs')).toEqual([0]);
  });
});
