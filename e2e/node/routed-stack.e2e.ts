import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask, askUntil, httpEntry, type Answer } from './support/http-entry.ts';
import { Namespace } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(400_000);

const DOMAIN = 'stack.test';
const WAIVED = { api: { without_filters: ['*'] }, old: { without_filters: ['redirectScheme'] } };

(httpEntry ? describe : describe.skip)('a stack with labels of Traefik (needs USHADOW_E2E_HTTP)', () => {
  const namespace = new Namespace('e2e-routed');
  let product: Product;

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
    product.offer('routes/compose.yaml', 'routed', { DOMAIN });
  });
  afterAll(async () => {
    await product.stop();
    await namespace.remove();
  });

  const up = (specs: Parameters<Product['up']>[0]['specs'] = {}) =>
    product.up({ project: 'routed', namespace: namespace.name, specs });
  const answer = (path: string, isSo: (answer: Answer) => boolean): Promise<Answer> =>
    askUntil(() => ask(httpEntry ?? '', { host: DOMAIN, path }), isSo);

  it('is refused with its line where the Ingresses of the cluster cannot strip a prefix', async () => {
    await expect(up()).rejects.toMatchObject({
      code: 'COMPILE_FAILED',
      details: {
        diagnostics: expect.arrayContaining([
          expect.objectContaining({ code: 'CMP1453', severity: 'error', line: expect.any(Number) as unknown }),
        ]) as unknown,
      },
    });
  });

  it('is answered by Ingress once somebody agrees to do without', async () => {
    const { deployment } = await up(WAIVED);
    expect(deployment).toMatchObject({ status: 'succeeded' });
    const { echo } = await answer('/api/users', (each) => each.echo?.name === 'api');
    expect([echo?.name, echo?.path]).toEqual(['api', '/api/users']);
  });

  it('is answered by HTTPRoute, with its filters, once the cluster names a Gateway', async () => {
    const [cluster] = await product.client.listClusters({});
    const routing = { gateway: { namespace: 'kube-system', name: 'traefik' } };
    await product.client.updateCluster({ cluster_id: cluster?.cluster_id ?? '', routing });
    const { deployment } = await up();
    expect(deployment).toMatchObject({ status: 'succeeded' });
    const { echo } = await answer('/api/users', (each) => each.echo?.path === '/users');
    expect([echo?.name, echo?.path, echo?.headers['X-Through']]).toEqual(['api', '/users', 'routes']);
    // The controller hears of what is gone, and of what is new, in its own time.
    const old = (): Promise<Answer> => ask(httpEntry ?? '', { host: `old.${DOMAIN}`, path: '/x' });
    const { location } = await askUntil(old, (each) => each.location !== undefined);
    expect(location).toBe(`https://old.${DOMAIN}/x`);
  });

  it('a public address takes the place of the labels of its service', async () => {
    const { deployment } = await up({ web: { public_at: [`shop.${DOMAIN}:8000`] } });
    expect(deployment).toMatchObject({ status: 'succeeded' });
    const shop = (): Promise<Answer> => ask(httpEntry ?? '', { host: `shop.${DOMAIN}` });
    expect((await askUntil(shop, ({ status }) => status === 200)).echo?.name).toBe('web');
    expect((await answer('/', ({ status }) => status === 404)).status).toBe(404);
  });
});
