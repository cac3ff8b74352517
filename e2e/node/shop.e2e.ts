import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { printYaml } from '@ushadow/kubernetes';
import { compileProject } from './support/compile-project.ts';
import { Namespace, nodeKubeconfig } from './support/kubectl.ts';

jest.setTimeout(300_000);

/** It has no health check: that it runs does not mean that it listens already. */
const ASK = ['-sf', '--retry', '20', '--retry-delay', '1', '--retry-connrefused'] as const;

(nodeKubeconfig ? describe : describe.skip)(
  'web, redis and postgres by plain kubectl (needs USHADOW_E2E_KUBECONFIG)',
  () => {
    const namespace = new Namespace('e2e-shop');
    beforeAll(async () => {
      const { objects } = compileProject(
        'shop',
        { namespace: namespace.name, images: { helper: 'busybox:1.36' } },
        { waitInitContainers: true },
      );
      await namespace.apply(printYaml(objects));
      await namespace.ready('deployment/web');
    });
    afterAll(() => namespace.remove());

    it('the app starts only when database and cache are healthy: it asked both at once and never failed', async () => {
      expect(await namespace.exec('deployment/web', 'cat', '/tmp/answers')).toBe('db app\nPONG\n');
      expect(await namespace.restarts('web')).toBe(0);
    });

    it('the port of the app answers under its Compose name', async () => {
      expect(await namespace.exec('deployment/web', 'curl', ...ASK, 'http://web:8000/answers')).toBe('db app\nPONG\n');
    });

    it('the database keeps its data in a claim of its own when its pod is replaced', async () => {
      await namespace.exec('statefulset/db', 'psql', '-U', 'app', '-d', 'shop', '-c', 'create table kept (x int)');
      await namespace.exec('statefulset/db', 'sh', '-c', 'psql -U app -d shop -c checkpoint');
      const before = await namespace.pods('db', '{.items[0].metadata.uid}');
      await namespace.deletePods('db');
      await namespace.ready('statefulset/db');
      expect(await namespace.pods('db', '{.items[0].metadata.uid}')).not.toBe(before);
      expect(
        await namespace.exec('statefulset/db', 'psql', '-U', 'app', '-d', 'shop', '-Atc', 'select count(*) from kept'),
      ).toBe('0\n');
    });

    it('the password is what Compose means, dollar and blank included', async () => {
      expect(await namespace.exec('statefulset/db', 'printenv', 'POSTGRES_PASSWORD')).toBe('p$ss w0rd\n');
    });
  },
);
