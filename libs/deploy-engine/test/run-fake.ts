import type { KubeObject } from '@ushadow/kubernetes';
import type { DeployEnvironment, DeployEvent, DeployOptions, DeployResult, DesiredState } from '../src/index.ts';
import { deploy } from '../src/index.ts';
import type { FakeCluster } from './fake-cluster.ts';
import { ManualClock } from './manual-clock.ts';

export interface FakeRun {
  readonly result: DeployResult;
  readonly events: readonly DeployEvent[];
  readonly elapsedMs: number;
}

/** Thrown into a run to simulate the death of its worker. */
export class Killed extends Error {}

export async function runFake(
  desired: DesiredState | readonly KubeObject[],
  cluster: FakeCluster,
  options: DeployOptions = {},
  environment: Partial<DeployEnvironment> & { readonly events?: DeployEvent[] } = {},
): Promise<FakeRun> {
  const clock = new ManualClock();
  const startedAt = clock.now();
  const state = 'objects' in desired ? desired : { objects: desired, dependencies: [] };
  const { events = [], ...given } = environment;
  const work = async (): Promise<DeployResult> => {
    const running = deploy(state, cluster, options, { clock, ...given });
    for (;;) {
      const step = await running.next();
      if (step.done === true) return step.value;
      for (const event of step.value) events.push(event);
    }
  };
  const result = await clock.drive(work());
  return { result, events, elapsedMs: clock.now() - startedAt };
}
