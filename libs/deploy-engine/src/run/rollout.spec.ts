import { describe, expect, it } from '@jest/globals';
import type { Timer } from '@ushadow/kubernetes';
import { KubernetesApiError } from '@ushadow/kubernetes';
import { FakeCluster } from '../../test/fake-cluster.ts';
import { ManualClock } from '../../test/manual-clock.ts';
import { runFake } from '../../test/run-fake.ts';
import { configMap, deployment, healthy } from '../../test/workloads.ts';
import { deploy } from '../deploy.ts';

/** Real timers cut fractions off. */
const EARLY_MS = 1;

/** Each look at it shows a later time, and its timers are a little early, as with a real clock. */
class CreepingClock extends ManualClock {
  readonly #step: number;
  #crept = 0;

  constructor(step: number) {
    super();
    this.#step = step;
  }

  override now(): number {
    this.#crept += this.#step;
    return super.now() + this.#crept;
  }

  override timer(ms: number): Timer {
    return super.timer(Math.max(0, ms - EARLY_MS));
  }
}

const STEPS = Array.from({ length: 40 }, (_, index) => (index + 1) / 100);

describe('a rollout', () => {
  it('never sleeps through the moment at which it settles, however the time goes on between two looks', async () => {
    for (const step of STEPS) {
      const cluster = new FakeCluster();
      cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
      cluster.react = healthy;
      const clock = new CreepingClock(step);
      const startedAt = clock.now();
      const state = { objects: [deployment('web'), configMap('c')], dependencies: [] };
      const work = async (): Promise<string> => {
        const run = deploy(state, cluster, { deadlineMs: 600_000 }, { clock });
        for (;;) {
          const each = await run.next();
          if (each.done === true) return each.value.verdict;
        }
      };
      expect([step, await clock.drive(work())]).toEqual([step, 'succeeded']);
      expect(clock.now() - startedAt).toBeLessThan(30_000);
    }
  });

  it('is unknown, not failed, when its time is up and a write was never answered', async () => {
    const cluster = new DeafCluster();
    cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const { result } = await runFake([configMap('c', { a: '1' })], cluster, {
      deadlineMs: 5_000,
      rollbackTo: { objects: [configMap('c')], dependencies: [] },
    });
    expect(result).toMatchObject({ verdict: 'unknown', failure: { code: 'CLUSTER_UNREACHABLE' } });
    expect(result.rollback).toBeUndefined();
    expect(cluster.isCancelled).toBe(true);
  });
});

/** Answers no write, however often it is tried again. */
class DeafCluster extends FakeCluster {
  isCancelled = false;

  override async apply(...[object, options]: Parameters<FakeCluster['apply']>): ReturnType<FakeCluster['apply']> {
    if (options.dryRun === true) return super.apply(object, options);
    const notice = { operation: 'apply', attempt: 1, waitMs: 100, reason: 'ConnectionLost', httpStatus: 0 };
    options.onRetry?.(notice);
    return new Promise((_, reject) => {
      options.signal?.addEventListener('abort', () => {
        this.isCancelled = true;
        reject(new KubernetesApiError({ httpStatus: 0, reason: 'Cancelled', message: 'the call was cancelled' }));
      });
    });
  }
}
