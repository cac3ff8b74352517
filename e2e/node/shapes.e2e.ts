import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Followed } from '../support/gateway.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(400_000);

const describeOnNode = nodeKubeconfig ? describe : describe.skip;
const end = ({ deployment }: Followed): readonly unknown[] => [deployment.status, deployment.verdict?.reason];

/** Stacks in the shapes that people run, each deployed as a whole with one request and looked at from inside. */
describeOnNode('a stack in the shape of', () => {
  let product: Product;
  const namespaces: Namespace[] = [];

  const up = async (project: string, values?: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    product.offer(`${project}/compose.yaml`, project, values);
    return end(await product.up({ project, namespace: `e2e-${project}` }));
  };
  const namespaceOf = (project: string): Namespace => {
    const namespace = new Namespace(`e2e-${project}`);
    namespaces.push(namespace);
    return namespace;
  };

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
  });
  afterAll(async () => {
    await product.stop();
    await Promise.all(namespaces.map((namespace) => namespace.remove()));
  });

  it('an application platform: self-named checks, a database that waits, names in the gateway’s configuration', async () => {
    const namespace = namespaceOf('platform');
    expect(await up('platform')).toEqual(['succeeded', null]);
    const through = (path: string): Promise<string> =>
      namespace.exec('deployment/gateway', 'curl', '-sf', `http://localhost/${path}`);
    expect(await through('auth/')).toBe('first tenant\n');
    expect(await through('rest/')).toBe('42\n');
    expect(await through('realtime/')).toBe('realtime\n');
    expect(await through('')).toBe('studio\n');
    expect(await through('images/picture')).toBe('picture\n');
    const services = 'gateway studio auth rest realtime storage imgproxy analytics db vector'.split(' ');
    expect(await Promise.all(services.map((service) => namespace.restarts(service)))).toEqual(services.map(() => 0));
  });

  it('an error tracker: one image in many roles that share a folder, images that are only on the node', async () => {
    const namespace = namespaceOf('monitoring');
    expect(await up('monitoring')).toEqual(['succeeded', null]);
    expect(await namespace.exec('deployment/worker', 'cat', '/data/config-of-web')).toBe('system.secret: none\n');
    expect(await namespace.exec('deployment/cron', 'cat', '/geoip/places.txt')).toBe('places\n');
    const page = await namespace.exec('deployment/nginx', 'curl', '-sf', 'http://localhost/config-of-web');
    expect(page).toBe('system.secret: none\n');
    const before = await namespace.podUids();
    expect(await up('monitoring')).toEqual(['succeeded', null]);
    expect(await namespace.podUids()).toEqual(before);
  });

  it('programs behind a VPN: one network, in order, with ports that only the VPN publishes', async () => {
    const namespace = namespaceOf('vpn');
    expect(await up('vpn', { NOTE: 'first' })).toEqual(['succeeded', null]);
    // Programs without a check count as ready before they listen.
    const patient = ['--retry', '20', '--retry-delay', '1', '--retry-connrefused'];
    const get = (url: string): Promise<string> => namespace.exec('deployment/media', 'curl', '-sf', ...patient, url);
    expect(await get('http://vpn:8080')).toBe('torrent\n');
    expect(await get('http://vpn:9696')).toBe('torrent\n');
    expect(await get('http://localhost:8989')).toBe('torrent\n');
    const path = '{.items[0].status.containerStatuses[?(@.name=="torrent")].state.running.startedAt}';
    const isUp = await namespace.exec('deployment/vpn vpn', 'cat', '/tmp/up');
    expect(Date.parse(await namespace.pods('vpn', path)) / 1_000).toBeGreaterThanOrEqual(Number(isUp));
    const before = await namespace.podUids();
    expect(await up('vpn', { NOTE: 'second' })).toEqual(['succeeded', null]);
    const after = await namespace.podUids();
    expect(after.get('vpn')).toBe(before.get('vpn'));
    expect(after.get('media')).not.toBe(before.get('media'));
  });
});
