import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { nodeKubeconfig, Namespace } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(300_000);

(nodeKubeconfig ? describe : describe.skip)(
  'infrastructure that runs, found and connected to (needs USHADOW_E2E_KUBECONFIG)',
  () => {
    const infra = new Namespace('e2e-found');
    const apps = new Namespace('e2e-connected');
    let product: Product;
    let clusterId: string;

    beforeAll(async () => {
      product = await Product.start(import.meta.url);
      product.offer('environment/infra.yaml', 'infra');
      product.offer('environment/app.yaml', 'app');
      clusterId = (await product.client.listClusters({}))[0]?.cluster_id ?? '';
      const { deployment } = await product.up({ project: 'infra', namespace: infra.name });
      expect(deployment.status).toBe('succeeded');
    });
    afterAll(async () => {
      await product.stop();
      await Promise.all([infra.remove(), apps.remove()]);
    });

    it('the scan finds both by what runs behind their Services, and says why (R45–R55, B23)', async () => {
      const { infra_services: found } = await product.client.scanInfra({
        cluster_id: clusterId,
        namespace: infra.name,
      });
      expect(found['redis']).toMatchObject({
        found: true,
        service_name: 'fast',
        endpoints: [`fast.${infra.name}.svc.cluster.local:6379`],
        ready: true,
        stack: 'infra',
        confidence: 'high',
        reason: expect.stringContaining('redis'),
      });
      expect(found['postgres']).toMatchObject({
        found: true,
        service_name: 'records',
        endpoints: [`records.${infra.name}.svc.cluster.local:5432`],
        ready: true,
        confidence: 'high',
        stack: 'infra',
        reason: expect.stringContaining('postgres'),
      });
      expect(JSON.stringify(found)).not.toContain('canary');
    });

    it('what belongs to a stack is taken where it is chosen, in the shape of the defaults, and reached (R54, I1, I2)', async () => {
      const ask = async (chosen: { infra_of?: string[] }): Promise<unknown[]> => {
        const place = { project: 'app', cluster_id: clusterId, namespace: apps.name };
        const { variables } = await product.client.projectVariables({ ...place, ...chosen });
        return variables.map(({ name, source, value }) => [name, source, value]);
      };
      expect(await ask({})).toEqual([
        ['DATABASE_URL', 'default', null],
        ['REDIS_URL', 'default', 'redis://localhost:6379/2'],
      ]);
      const chosen = { infra_of: ['infra'] };
      expect(await ask(chosen)).toEqual([
        ['DATABASE_URL', 'scan', null],
        ['REDIS_URL', 'scan', `redis://fast.${infra.name}.svc.cluster.local:6379/2`],
      ]);
      // Their health checks ask the database itself: ready means connected.
      const { deployment } = await product.up({
        project: 'app',
        namespace: apps.name,
        ...chosen,
        deadline_seconds: 120,
      });
      expect([deployment.status, deployment.verdict?.reason]).toEqual(['succeeded', null]);
      expect(
        await apps.exec('deployment/stored', 'sh', '-c', 'psql "$DATABASE_URL" -Atc "select current_database()"'),
      ).toBe('notes\n');
      expect(await apps.restarts('cached')).toBe(0);
    });
  },
);
