import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deploy, planDeployment, type DeployResult, type Plan } from '@ushadow/deploy-engine';
import { objectId, parseKubeconfig, type KubeObject } from '@ushadow/kubernetes';
import { KubernetesTransport, systemClock } from '@ushadow/kubernetes/transport';
import { apiProxy, testCluster, testNamespace, type ApiProxy, type TestNamespace } from '@ushadow/testing';
import { recorded, type Outcome } from '../support/record.ts';
import { chance } from '../support/settings.ts';

const OBJECTS = 5;
const ROUNDS = 10;

describe('row 15: a live object changed between plan and apply', () => {
  let proxy: ApiProxy;
  let namespace: TestNamespace;
  let product: KubernetesTransport;
  let stranger: KubernetesTransport;

  beforeAll(async () => {
    const cluster = await testCluster();
    proxy = await apiProxy(cluster.kubeconfig);
    namespace = await testNamespace(cluster, 'faults');
    product = open(proxy.kubeconfig);
    stranger = open(cluster.kubeconfig);
  });
  afterAll(async () => {
    await Promise.all([product.close(), stranger.close()]);
    await proxy.close();
    await namespace.delete();
  });

  it('is PLAN_STALE with the object’s name, and nothing is written', async () => {
    const play = async (): Promise<Outcome> => {
      const random = chance('stale plan');
      const violations: string[] = [];
      for (let round = 0; round < ROUNDS; round++) {
        const objects = (text: string): KubeObject[] => configMaps(namespace.name, `r${round}`, text);
        await run(objects('old'), product);
        const wanted = objects('new');
        const plan = await planDeployment({ objects: wanted, dependencies: [] }, product);
        // Changed, deleted, or deleted and made anew by somebody else.
        const victim = random.pick(objects('stranger'));
        const how = random.pick(['changed', 'deleted', 'made anew'] as const);
        if (how !== 'changed') await stranger.delete(objectId(victim));
        if (how !== 'deleted') await stranger.apply(victim, { fieldManager: 'ushadow', force: true });
        proxy.forget();
        const { verdict, failure } = await run(wanted, product, plan);
        const say = (text: string): void =>
          void violations.push(`round ${round}, ${victim.metadata.name} ${how}: ${text}`);
        if (verdict !== 'failed' || failure?.code !== 'PLAN_STALE') say(`verdict ${verdict} ${failure?.code ?? ''}`);
        if (!failure?.message.includes(victim.metadata.name)) say(`it is not named: ${failure?.message ?? ''}`);
        const writes = proxy.calls().filter(({ call }) => call.isWrite);
        if (writes.length > 0) say(`${writes.length} writes`);
      }
      return { cases: ROUNDS, violations };
    };
    expect(await recorded({ row: 15, title: 'a live object changed between plan and apply' }, play)).toEqual([]);
  });
});

function open(kubeconfig: string): KubernetesTransport {
  const parsed = parseKubeconfig(kubeconfig);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return new KubernetesTransport(parsed.connection);
}

function configMaps(namespace: string, prefix: string, text: string): KubeObject[] {
  return Array.from({ length: OBJECTS }, (_, index) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `${prefix}-${index}`, namespace },
    data: { text },
  }));
}

async function run(objects: readonly KubeObject[], cluster: KubernetesTransport, plan?: Plan): Promise<DeployResult> {
  const options = plan === undefined ? {} : { approvedPlan: plan };
  const running = deploy({ objects, dependencies: [] }, cluster, options, { clock: systemClock });
  for (;;) {
    const step = await running.next();
    if (step.done === true) return step.value;
  }
}
