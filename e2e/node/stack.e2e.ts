import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Followed } from '../support/gateway.ts';
import { kubectl, Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { PlayedRegistry } from './support/played-registry.ts';
import { Product } from './support/product.ts';

jest.setTimeout(400_000);

const GOOD = 'nginx:1.27';
const isSameHost = process.env.USHADOW_E2E_SAME_HOST === '1';

const describeOnNode = nodeKubeconfig ? describe : describe.skip;

describeOnNode('a folder deployed as a stack (needs USHADOW_E2E_KUBECONFIG)', () => {
  const namespace = new Namespace('e2e-stack');
  let product: Product;
  let registry: PlayedRegistry;
  let first: Followed;
  let text = '';

  const offer = (values: Readonly<Record<string, string>> = {}): void => {
    const file = { WEB_IMAGE: GOOD, GREETING: 'hello', SCHEMA: 'first', ...values };
    text = product.offer('stack/compose.yaml', 'folder', file);
  };
  const up = (services?: string[]): Promise<Followed> =>
    product.up({ project: 'folder', namespace: namespace.name, ...(services === undefined ? {} : { services }) });
  const ended = ({ deployment }: Followed): readonly unknown[] => [deployment.status, deployment.verdict?.reason];
  const time = async (object: string, jsonPath: string): Promise<number> =>
    Date.parse(await kubectl(['get', ...object.split(' '), '-n', namespace.name, '-o', `jsonpath=${jsonPath}`]));
  const startOf = (service: string): Promise<number> =>
    time(`pods -l app.kubernetes.io/name=${service}`, '{.items[0].status.containerStatuses[0].state.*.startedAt}');
  const readyAt = (service: string): Promise<number> =>
    time(
      `pods -l app.kubernetes.io/name=${service}`,
      '{.items[0].status.conditions[?(@.type=="Ready")].lastTransitionTime}',
    );
  const notes = (): Promise<string> =>
    namespace.exec('statefulset/postgres', 'psql', '-U', 'app', '-Atc', 'select note from notes');

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
    registry = await PlayedRegistry.start();
    offer();
    first = await up();
    const metadata = { name: 'of-nobody', namespace: namespace.name };
    await namespace.apply(JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: { a: '1' } }));
  });
  afterAll(async () => {
    await product.stop();
    await registry.stop();
    await namespace.remove();
  });

  it('ends succeeded, each service after what it depends on', async () => {
    expect(ended(first)).toEqual(['succeeded', null]);
    const migrated = await time('job/migrate', '{.status.completionTime}');
    expect(await startOf('migrate')).toBeGreaterThanOrEqual(await readyAt('postgres'));
    for (const service of ['api', 'worker']) {
      expect(await startOf(service)).toBeGreaterThanOrEqual(migrated);
      expect(await startOf(service)).toBeGreaterThanOrEqual(await readyAt('redis'));
    }
    expect(await startOf('web')).toBeGreaterThanOrEqual(await startOf('api'));
    expect(await notes()).toBe('first\n');
    expect(await namespace.restarts('api')).toBe(0);
  });

  it('writes nothing when it is deployed again', async () => {
    const [objects, pods] = [await namespace.versions(), await namespace.podUids()];
    expect(ended(await up())).toEqual(['succeeded', null]);
    expect(await namespace.versions()).toEqual(objects);
    expect(await namespace.podUids()).toEqual(pods);
  });

  it('an update of one service touches its objects and pods alone', async () => {
    const [objects, pods] = [await namespace.versions(), await namespace.podUids()];
    offer({ GREETING: 'good day', WEB_IMAGE: 'busybox:1.36' });
    // What the files say of the others waits for its turn.
    expect(ended(await up(['api']))).toEqual(['succeeded', null]);
    const after = await namespace.versions();
    const changed = [...after].filter(([key, version]) => objects.get(key) !== version).map(([key]) => key);
    expect(changed.filter((key) => !/^\w+\/api\b/.test(key))).toEqual([]);
    expect(changed).toContain('Deployment/api');
    expect([...objects.keys()].filter((key) => !after.has(key))).toEqual([]);
    const podsAfter = await namespace.podUids();
    const replaced = [...podsAfter].filter(([service, uids]) => pods.get(service) !== uids).map(([service]) => service);
    expect(replaced).toEqual(['api']);
  });

  (isSameHost ? it : it.skip)('a broken image of one service takes the whole back, and its line is named', async () => {
    const web = await namespace.podUids();
    offer({ GREETING: 'good evening', WEB_IMAGE: `${registry.host}/gone/app:1` });
    const { deployment } = await up();
    const line = text.split('\n').findIndex((each) => each.includes('/gone/app:1')) + 1;
    expect(deployment.verdict).toMatchObject({
      ...{ status: 'failed', code: 'IMAGE_NOT_FOUND', rollback: { status: 'succeeded' } },
      source: { file: 'folder.yaml', line, path: '/services/web/image' },
      services: { web: { status: 'failed', code: 'IMAGE_NOT_FOUND', source: { line } } },
    });
    expect((await namespace.podUids()).get('web')).toBe(web.get('web'));
    expect(await namespace.exec('deployment/api', 'printenv', 'GREETING')).toBe('good day\n');
    expect(await notes()).toBe('first\n');
  });

  it('a rollback after another migration runs neither of them again', async () => {
    const before = await product.client.getStack({ stack_id: first.deployment.stack_id });
    offer({ SCHEMA: 'second' });
    expect(ended(await up())).toEqual(['succeeded', null]);
    expect(await notes()).toBe('first\nsecond\n');
    const { deployment_id: id } = await product.client.rollbackStack({
      stack_id: first.deployment.stack_id,
      to_revision: before.revision ?? 1,
    });
    expect(ended(await product.follow(id))).toEqual(['succeeded', null]);
    expect(await namespace.exec('deployment/api', 'printenv', 'GREETING')).toBe('good day\n');
    expect(await notes()).toBe('first\nsecond\n');
  });

  it('a removal leaves the claims; one that names them deletes them, and nothing foreign', async () => {
    const { stack_id: stackId } = first.deployment;
    const claims = [...(await namespace.versions()).keys()].filter((key) => key.startsWith('PersistentVolumeClaim/'));
    expect(claims).toHaveLength(1);
    const { deployment_id: removal } = await product.client.removeStack({ stack_id: stackId });
    expect(ended(await product.follow(removal))).toEqual(['succeeded', null]);
    const foreign = ['ConfigMap/kube-root-ca.crt', 'ConfigMap/of-nobody'];
    expect([...(await namespace.versions()).keys()].sort()).toEqual([...foreign, ...claims].sort());
    const { volumes } = await product.client.getStack({ stack_id: stackId });
    const names = volumes.map(({ claim }) => claim);
    expect(names.map((name) => `PersistentVolumeClaim/${name}`)).toEqual(claims);
    const { deployment_id: last } = await product.client.removeStack({ stack_id: stackId, delete_claims: names });
    expect(ended(await product.follow(last))).toEqual(['succeeded', null]);
    expect([...(await namespace.versions()).keys()].sort()).toEqual(foreign);
  });
});

describeOnNode('two projects with services of the same names (needs USHADOW_E2E_KUBECONFIG)', () => {
  const spaces = { one: new Namespace('e2e-two-one'), two: new Namespace('e2e-two-two') };
  let product: Product;

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
    for (const name of ['one', 'two']) product.offer(`two-projects/${name}.yaml`, name);
  });
  afterAll(async () => {
    await product.stop();
    await Promise.all([spaces.one.remove(), spaces.two.remove()]);
  });

  it('both run, each in a namespace of its own', async () => {
    const names = ['one', 'two'] as const;
    const ends = await Promise.all(names.map((name) => product.up({ project: name, namespace: spaces[name].name })));
    expect(ends.map(({ deployment }) => deployment.status)).toEqual(['succeeded', 'succeeded']);
    for (const name of names) {
      const served = await spaces[name].exec('deployment/web', 'cat', '/usr/share/nginx/html/index.html');
      expect(served.trim()).toBe(name);
    }
  });

  it('in one namespace the second is refused by name, and nothing of the first is changed', async () => {
    const [objects, pods] = [await spaces.one.versions(), await spaces.one.podUids()];
    const { deployment } = await product.up({ project: 'two', namespace: spaces.one.name });
    expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'NAME_TAKEN' } });
    expect(deployment.verdict?.reason).toMatch(/\bone\b/);
    expect(await spaces.one.versions()).toEqual(objects);
    expect(await spaces.one.podUids()).toEqual(pods);
  });
});
