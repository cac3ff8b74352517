import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64 } from './support/gateway.ts';
import { deploy, deployStack, live, sql, startSystem, type TestSystem } from './support/system.ts';

const compose = `services:
  3proxy: {image: "example/proxy:1", expose: ["80"]}
  files:
    image: example/files:1
    profiles: [files]
    volumes: [{type: image, source: "example/assets:1", target: /assets}]
`;

/** A name that begins with a digit is a Service's from 1.36 on: it shows which version the compiler was told. */
describe('the version of the cluster reaches the compiler', () => {
  let test: TestSystem;
  const isNamed = (objects: readonly string[]) => objects.some((object) => /Service\/.*\/3proxy$/.test(object));
  const place = () => ({
    cluster_id: test.registered.cluster_id,
    project: 'digits',
    namespace: test.namespace.name,
  });
  const setVersion = (version: string) =>
    sql(test.database, 'UPDATE clusters.clusters SET version = $1 WHERE id = $2', [
      version,
      test.registered.cluster_id,
    ]);

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'version');
    await test.client.uploadProject({
      name: 'digits',
      files: [{ path: 'compose.yaml', content: toBase64(compose) }],
    });
  });

  afterAll(async () => {
    await test.stop();
  });

  it('for a plan', async () => {
    const { objects } = await test.client.planStack(place());
    expect(isNamed(objects.map(({ object }) => object))).toBe(true);
  });

  it('for a preview with a cluster, and not for one without', async () => {
    const asked = { service_id: 'digits:3proxy', namespace: test.namespace.name };
    const names = async (cluster_id?: string) => {
      const { manifests } = await test.client.previewService({
        ...asked,
        ...(cluster_id === undefined ? {} : { cluster_id }),
      });
      return manifests.filter(({ kind }) => kind === 'Service').map(({ name }) => name);
    };
    expect(await names(test.registered.cluster_id)).toEqual(['3proxy']);
    expect(await names()).toEqual([expect.stringMatching(/^x3proxy/)]);
  });

  it('for a deployment of a stack, and of one service', async () => {
    const { deployment } = await deployStack(test, 'digits');
    expect(isNamed(deployment.objects)).toBe(true);
    expect(await live(test, 'services', '3proxy')).toBeDefined();
    const one = await deploy(test, { service_id: 'digits:3proxy', namespace: test.namespace.name });
    expect(isNamed(one.deployment.objects)).toBe(true);
  });

  it('which says what an older one does not have, before anything is sent', async () => {
    await setVersion('v1.30.9');
    await expect(test.client.planStack({ ...place(), services: ['files'] })).rejects.toMatchObject({
      code: 'COMPILE_FAILED',
      details: { diagnostics: [expect.objectContaining({ code: 'CMP1212', line: 6 })] },
    });
    await setVersion('v1.60.0');
    const { diagnostics } = await test.client.planStack({ ...place(), services: ['files'] });
    expect(diagnostics.filter(({ code }) => code.startsWith('CMP12')).map(({ code }) => code)).toEqual(['CMP1210']);
  });
});
