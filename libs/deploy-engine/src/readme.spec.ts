import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { bring } from '../test/example.ts';
import { FakeCluster } from '../test/fake-cluster.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { configMap, deployment, healthy } from '../test/workloads.ts';
import type { DeployEvent } from './deploy-event.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

describe('the example of the README', () => {
  it('is the one that is compiled here', () => {
    const example = read('../test/example.ts').replace('../src/index.ts', '@ushadow/deploy-engine');
    expect(read('../README.md')).toContain(`\`\`\`ts\n${example}\`\`\`\n`);
  });

  it('deploys, and hands out every event up to the verdict', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    const clock = new ManualClock();
    const types: string[] = [];
    const store = async (recorded: readonly DeployEvent[]): Promise<void> =>
      void types.push(...recorded.map(({ type }) => type));
    const { verdict } = await clock.drive(bring([deployment('web'), configMap('c')], { cluster, clock, store }));
    expect(verdict).toBe('succeeded');
    expect(types.at(-1)).toBe('verdict');
  });
});
