import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { followLogs, followPorts, type LogListener } from '@ushadow/contracts';
import { until } from '../faults/support/until.ts';
import { kubectl, Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(400_000);

/** A kubelet waits longer before each start of what crashes. */
const STARTED_MS = 120_000;
const SECRET = 'canary-token-of-the-clock';
const describeOnNode = nodeKubeconfig ? describe : describe.skip;

type Line = Parameters<LogListener['onLines']>[0][number];

describeOnNode('logs of pods that really run (needs USHADOW_E2E_KUBECONFIG)', () => {
  const namespace = new Namespace('e2e-logs');
  let product: Product;
  let stackId = '';
  const stops: (() => void)[] = [];

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
    product.offer('chatter/compose.yaml', 'chatter');
    // One of them crashes, for which the deployment is not undone.
    await product.up({
      project: 'chatter',
      namespace: namespace.name,
      rollback: false,
      stall_seconds: 60,
    });
    const { stacks } = await product.client.listStacks({ limit: 10 });
    stackId = stacks[0]?.stack_id ?? '';
  });
  afterAll(async () => {
    for (const stop of stops) stop();
    await product.stop();
    await namespace.remove();
  });

  function read(wanted: object): { lines: Line[]; ended: Promise<void> } {
    const lines: Line[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      const stop = followLogs(
        { stack_id: stackId, ...wanted },
        {
          onLines: (more) => void lines.push(...more),
          onNotice: () => undefined,
          onEnd: resolve,
          onRefused: reject,
        },
        followPorts(product.gatewayUrl, globalThis),
      );
      stops.push(stop);
    });
    return { lines, ended };
  }

  it('R106: are followed over the death of a pod, with its secret masked, every line of each once and in order', async () => {
    const { lines } = read({ services: ['clock'], follow: true });
    await until('its lines', () => lines.length > 20, STARTED_MS);
    const former = lines[0]?.from.pod ?? '';
    await kubectl(['delete', 'pod', former, '-n', namespace.name, '--grace-period=1']);
    const successors = () => lines.filter(({ from }) => from.pod !== former);
    await until('lines of its successor', () => successors().length > 20, STARTED_MS);
    for (const own of [lines.filter(({ from }) => from.pod === former), successors()]) {
      const ticks = own.map(({ text }) => Number(/^tick (\d+) /.exec(text)?.[1]));
      expect(ticks).toEqual(ticks.map((_, index) => index + 1));
    }
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });

  it('R121: of a container that crashes again and again are those of its previous run', async () => {
    await until('its restart', async () => (await namespace.restarts('crash')) >= 1, STARTED_MS);
    // A node that lets go of a run at this moment says so in the place of its lines.
    const texts = await until(
      'lines of the run before',
      async () => {
        const { lines, ended } = read({ services: ['crash'], previous: true });
        await ended;
        const found = lines.map(({ text }) => text);
        return found.some((text) => text.startsWith('unable to retrieve container logs')) ? undefined : found;
      },
      STARTED_MS,
    );
    expect(texts).toEqual(['begins', 'last words']);
  });

  it('are also followed from run to run', async () => {
    const { lines } = read({ services: ['crash'], follow: true });
    await until('three runs', () => lines.filter(({ text }) => text === 'last words').length >= 3, STARTED_MS);
    const texts = lines.map(({ text }) => text);
    expect(texts.slice(0, 6)).toEqual(['begins', 'last words', 'begins', 'last words', 'begins', 'last words']);
  });
});
