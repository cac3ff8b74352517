import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { TreeNodeData } from '@ushadow/contracts';
import { until } from '../faults/support/until.ts';
import { kubectl, Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(300_000);

(nodeKubeconfig ? describe : describe.skip)('what is live on a node (needs USHADOW_E2E_KUBECONFIG)', () => {
  const namespace = new Namespace('e2e-tree');
  let product: Product;
  let stack_id = '';

  const up = (services: string[]) =>
    product.up({
      ...{ project: 'live', namespace: namespace.name, services, rollback: false, deadline_seconds: 90 },
      variables: { TOKEN: 'canary-of-the-node' },
    });
  const nodes = async (): Promise<TreeNodeData[]> => (await product.client.getStackTree({ stack_id })).nodes;
  const find = (what: string, test: (node: TreeNodeData) => boolean): Promise<TreeNodeData> =>
    until(what, async () => (await nodes()).find(test), 120_000);

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
    product.offer('live/compose.yaml', 'live');
    const { deployment } = await up(['steady']);
    expect(deployment).toMatchObject({ status: 'succeeded' });
    ({ stack_id } = deployment);
    await up(['crashing', 'missing']);
  });
  afterAll(async () => {
    await product?.stop();
    await namespace.remove();
  });

  it('R121 a crash loop says how often, with which code and with which last words its container has ended', async () => {
    const container = await find(
      'a crash loop',
      (node) => node.type === 'container' && node.name === 'crashing' && node.restarts > 1 && node.health === 'failed',
    );
    expect(container).toMatchObject({ last_exit: { code: 7, signal: null, reason: 'Error', message: 'last words' } });
    // Between the end of a run and the wait for the next one it says that it has failed, and not yet that it waits.
    await find(
      'the service',
      ({ id, health, message }) =>
        id === 'service:crashing' && health === 'failed' && message.includes('CrashLoopBackOff'),
    );
  });

  it('R107 an image that there is not is told by the pod and by its events', async () => {
    const pod = await find(
      'the pod',
      (node) => node.type === 'pod' && node.name.startsWith('missing') && node.health === 'failed',
    );
    expect(pod.message).toMatch(/ErrImagePull|ImagePullBackOff/);
    const { events } = await product.client.listStackEvents({ stack_id, object: pod.id, limit: 50 });
    const failures = events.filter(({ reason, type }) => reason === 'Failed' && type === 'Warning');
    expect(failures.map(({ message }) => message).join('\n')).toContain('localhost:1/there/is:none');
  });

  it('a container that runs has the digest of its image, as the node has it', async () => {
    const container = await find('a container', (node) => node.type === 'container' && node.name === 'steady');
    const path = 'jsonpath={.items[0].status.containerStatuses[0].imageID}';
    const label = 'app.kubernetes.io/name=steady';
    const imageId = await kubectl(['get', 'pods', '-l', label, '-n', namespace.name, '-o', path]);
    expect(container).toMatchObject({ digest: imageId.slice(imageId.indexOf('sha256:')), health: 'ready' });
  });

  it('R104 pods have figures of CPU and memory against what they ask for, where the cluster measures', async () => {
    const metrics = await until(
      'figures',
      async () => {
        const told = await product.client.getStackMetrics({ stack_id });
        return told.pods.some(({ service }) => service === 'steady') ? told : undefined;
      },
      150_000,
    );
    expect(metrics).toMatchObject({ available: true, message: '' });
    const steady = metrics.pods.find(({ service }) => service === 'steady');
    expect(steady).toMatchObject({
      cpu_request_millicores: 50,
      cpu_limit_millicores: 500,
      memory_request_bytes: 32 * 1024 * 1024,
      memory_limit_bytes: 128 * 1024 * 1024,
    });
    expect(steady?.memory_bytes).toBeGreaterThan(1024 * 1024);
    expect(metrics.nodes).toHaveLength(1);
    // A folder of the node itself is measured by no kubelet.
    expect(metrics.claims.length).toBeLessThanOrEqual(1);
    expect(metrics.history.length).toBeGreaterThan(0);
  });
});
