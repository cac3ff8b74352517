import { describe, expect, it } from '@jest/globals';
import { setImmediate } from 'node:timers/promises';
import type { KubeObject } from '@ushadow/kubernetes';
import { FakeCluster } from '../test/fake-cluster.ts';
import { ManualClock } from '../test/manual-clock.ts';
import { runFake } from '../test/run-fake.ts';
import { configMap, deployment, healthy, rollOut } from '../test/workloads.ts';
import { deploy } from './deploy.ts';
import type { DeployEvent } from './deploy-event.ts';
import type { DeployOptions } from './deploy-options.ts';
import type { DeployRun } from './event-stream.ts';

const TURNS = 50;
const good = [deployment('web'), configMap('c', { a: '1' })];
const bad = [deployment('web', 'app:bad'), configMap('c', { a: '2' })];

function start(desired: readonly KubeObject[], cluster: FakeCluster, options: DeployOptions = {}): DeployRun {
  return deploy({ objects: desired, dependencies: [] }, cluster, options, { clock: new ManualClock() });
}

/** Takes events until one of them is the wanted one, and never asks for more. */
async function takeUntil(run: DeployRun, isWanted: (event: DeployEvent) => boolean): Promise<void> {
  for (;;) {
    const step = await run.next();
    if (step.done === true) throw new Error('it ended before');
    if (step.value.some(isWanted)) return;
  }
}

/** Lets everything happen that can happen without the time going on. */
async function letRun(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn++) await setImmediate();
}

const writesOf = (cluster: FakeCluster): string[] => cluster.calls.filter((call) => /^(apply|delete) /.test(call));

describe('a run whose caller is slow to store the events it is given', () => {
  it('writes nothing before what it means to create is stored', async () => {
    const cluster = new FakeCluster();
    cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    cluster.react = healthy;
    const run = start(good, cluster);
    await takeUntil(run, ({ type }) => type === 'object.planned');
    await letRun();
    expect(writesOf(cluster)).toEqual([]);
    await takeUntil(run, ({ type }) => type === 'object.applied');
    expect(writesOf(cluster)).not.toEqual([]);
    await run.return({} as never);
  });

  it('restores nothing before it is stored that the last good state is being restored', async () => {
    const cluster = new FakeCluster();
    cluster.react = healthy;
    await runFake(good, cluster);
    cluster.react = (object, self) => {
      const status = {
        name: 'main',
        ready: false,
        restartCount: 5,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
      };
      if (object.kind === 'Deployment') rollOut(object, self, { phase: 'Running', containerStatuses: [status] }, false);
    };
    const run = start(bad, cluster, { rollbackTo: { objects: good, dependencies: [] } });
    await takeUntil(run, (event) => event.type === 'stage.started' && event.stage === 'rollback');
    const before = [...cluster.calls];
    await letRun();
    expect(cluster.calls).toEqual(before);
    await run.return({} as never);
  });
});

/** Answers some turns later. */
class SlowCluster extends FakeCluster {
  inFlight = 0;

  override async apply(...args: Parameters<FakeCluster['apply']>): ReturnType<FakeCluster['apply']> {
    this.inFlight += 1;
    for (let turn = 0; turn < 5; turn++) await setImmediate();
    return super.apply(...args).finally(() => (this.inFlight -= 1));
  }
}

describe('a run that is left early', () => {
  it('has ended all it did before the leaving resolves', async () => {
    const cluster = new SlowCluster();
    cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    const run = start([...good, configMap('d'), configMap('e')], cluster);
    await takeUntil(run, (event) => event.type === 'stage.started' && event.stage === 'apply');
    while (cluster.inFlight === 0) await setImmediate();
    await run.return({} as never);
    expect(cluster.inFlight).toBe(0);
    const calls = [...cluster.calls];
    await letRun();
    expect(cluster.calls).toEqual(calls);
  });

  it('starts nothing when the signal turns out to be over without having notified', async () => {
    const cluster = new FakeCluster();
    cluster.set({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } });
    cluster.react = healthy;
    // A process that was frozen: its timers have not run, but its time is over.
    let isOver = false;
    const signal = {
      get aborted() {
        return isOver;
      },
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    };
    const run = deploy({ objects: good, dependencies: [] }, cluster, {}, { clock: new ManualClock(), signal });
    await takeUntil(run, ({ type }) => type === 'object.planned');
    isOver = true;
    for (let step = await run.next(); step.done !== true; step = await run.next());
    expect(writesOf(cluster)).toEqual([]);
  });
});
