import { performance } from 'node:perf_hooks';
import { deploy } from '../../libs/deploy-engine/src/index.ts';
import { KubernetesTransport, systemClock } from '../../libs/kubernetes/src/transport/index.ts';

/** Deploys once over a new connection; gives milliseconds until everything was applied, and until the verdict. */
export async function engineRun(connection, objects) {
  const startedAt = performance.now();
  const transport = new KubernetesTransport(connection);
  const run = deploy({ objects, dependencies: [] }, transport, { settleMs: 0 }, { clock: systemClock });
  let appliedMs = 0;
  for (;;) {
    const step = await run.next();
    if (step.done) {
      const verdictMs = performance.now() - startedAt;
      await transport.close();
      if (step.value.verdict !== 'succeeded') throw new Error(JSON.stringify(step.value.failure));
      return { appliedMs, verdictMs };
    }
    if (step.value.type === 'stage.ended' && step.value.stage === 'apply') appliedMs = performance.now() - startedAt;
  }
}
