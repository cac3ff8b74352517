import type { Clock, KubeObject } from '@ushadow/kubernetes';
import { deploy, type ClusterPort, type DeployEvent, type DeployResult } from '../src/index.ts';

/** Brings objects into a cluster. Each event is stored before the next thing is done. */
export async function bring(
  objects: readonly KubeObject[],
  {
    cluster,
    clock,
    store,
  }: { cluster: ClusterPort; clock: Clock; store: (events: readonly DeployEvent[]) => Promise<void> },
): Promise<DeployResult> {
  const run = deploy({ objects, dependencies: [] }, cluster, { deadlineMs: 300_000 }, { clock });
  for (;;) {
    const step = await run.next();
    if (step.done === true) return step.value;
    await store(step.value);
  }
}
