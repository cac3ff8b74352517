import { performance } from 'node:perf_hooks';
import { deploy } from '../../libs/deploy-engine/src/index.ts';
import { KubernetesTransport, systemClock } from '../../libs/kubernetes/src/transport/index.ts';

/** Deploys once; gives milliseconds until everything was applied, and until the verdict. */
export async function engineRun(transport, objects) {
  const startedAt = performance.now();
  const run = deploy({ objects, dependencies: [] }, transport, { settleMs: 0 }, { clock: systemClock });
  let appliedMs = 0;
  for (;;) {
    const step = await run.next();
    if (step.done) {
      if (step.value.verdict !== 'succeeded') throw new Error(JSON.stringify(step.value.failure));
      return { appliedMs, verdictMs: performance.now() - startedAt };
    }
    const isApplied = step.value.some(({ type, stage }) => type === 'stage.ended' && stage === 'apply');
    if (isApplied) appliedMs = performance.now() - startedAt;
  }
}

/** Over a connection that is there already, as a worker keeps one for each cluster. */
export function warmEngine(connection) {
  const transport = new KubernetesTransport(connection);
  return {
    name: 'ours',
    agent: 'ushadow',
    run: async ({ objects }) => (await engineRun(transport, objects)).appliedMs,
    /** Makes the connection. */
    prepare: () => transport.version(),
    stop: () => transport.close(),
  };
}

/** With the connection made on the way, as a command that is started must. */
export function coldEngine(connection) {
  return {
    name: 'ours, cold',
    agent: 'ushadow',
    async run({ objects }) {
      const startedAt = performance.now();
      const transport = new KubernetesTransport(connection);
      const before = performance.now() - startedAt;
      const { appliedMs } = await engineRun(transport, objects);
      await transport.close();
      return before + appliedMs;
    },
    prepare: async () => undefined,
    stop: async () => undefined,
  };
}
