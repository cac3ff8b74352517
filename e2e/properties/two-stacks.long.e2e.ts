import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { optionalTestVariable } from '@ushadow/testing';
import fc from 'fast-check';
import { startSystem, type TestSystem } from '../support/system.ts';
import { checkStep } from './support/check-step.ts';
import { sequence, type Sequence } from './support/steps.ts';
import { TwoStacks } from './support/two-stacks.ts';

/** To play one again: `USHADOW_PROPERTY=SEED:PATH`, as a failure prints them. */
const [seed, path] = (process.env['USHADOW_PROPERTY'] ?? '').split(/:(.*)/);
const RUNS = 8;
const VOLUMES = 80;

describe('two projects that call most things alike, whatever is done to them one after the other', () => {
  let test: TestSystem;

  const volumes = Array.from({ length: VOLUMES }, (_, index) => `two-stacks-${String(index)}`);
  const volumePath = (name: string): string => `/api/v1/persistentvolumes/${name}`;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'two-stacks');
    const spec = {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'standard',
      hostPath: { path: '/var/lib/two-stacks' },
    };
    const volume = (name: string) => ({ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name }, spec });
    await Promise.all(volumes.map((name) => test.cluster.api.apply(volumePath(name), volume(name), 'test')));
  });

  afterAll(async () => {
    await Promise.all(volumes.map((name) => test.cluster.api.delete(volumePath(name))));
    await test.stop();
  });

  const play = async ({ foreign, steps }: Sequence): Promise<void> => {
    const stacks = await TwoStacks.start(test, optionalTestVariable('auditLog'), foreign);
    try {
      for (const step of steps) await checkStep(step, stacks);
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      throw new Error(`${stacks.trace.join('\n')}\n${text}`, { cause: error });
    } finally {
      await stacks.end();
    }
  };

  it('never touch what is another’s, prune nothing that is wanted, and lose no claim unasked', async () => {
    await fc.assert(fc.asyncProperty(sequence, play), {
      numRuns: RUNS,
      endOnFailure: true,
      ...(seed ? { seed: Number(seed) } : {}),
      ...(path ? { path } : {}),
    });
  }, 300_000);
});
