import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Followed } from '../support/gateway.ts';
import { kubectl, Namespace, nodeKubeconfig } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(300_000);

(nodeKubeconfig ? describe : describe.skip)(
  'depends_on, by deployments of single services that wait for each other (needs USHADOW_E2E_KUBECONFIG)',
  () => {
    const namespace = new Namespace('e2e-depends-on');
    let product: Product;
    let ended: readonly Followed[];

    /** Milliseconds since the epoch. */
    const time = async (object: string, jsonPath: string): Promise<number> =>
      Date.parse(await kubectl(['get', ...object.split(' '), '-n', namespace.name, '-o', `jsonpath=${jsonPath}`]));
    const startOf = (service: string): Promise<number> =>
      time(`pods -l app.kubernetes.io/name=${service}`, '{.items[0].status.containerStatuses[0].state.*.startedAt}');

    beforeAll(async () => {
      product = await Product.start(import.meta.url);
      product.offer('migration/compose.yaml', 'migration');
      const ids: string[] = [];
      // One right after the other: all are of one stack, and each takes its turn.
      for (const service of ['db', 'migrate', 'app'])
        ids.push(
          await product.begin({ service_id: `migration:${service}`, namespace: namespace.name, supersede: false }),
        );
      ended = await Promise.all(ids.map((id) => product.follow(id)));
    });
    afterAll(async () => {
      await product.stop();
      await namespace.remove();
    });

    it('all three end well', () => {
      expect(ended.map(({ deployment }) => deployment.status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    });

    it('B3: the migration starts only when the database is healthy, the app only when the migration has succeeded', async () => {
      const healthy = '{.items[0].status.conditions[?(@.type=="Ready")].lastTransitionTime}';
      const ready = await time('pods -l app.kubernetes.io/name=db', healthy);
      expect(await startOf('migrate')).toBeGreaterThanOrEqual(ready);
      expect(await startOf('app')).toBeGreaterThanOrEqual(await time('job/migrate', '{.status.completionTime}'));
    });

    it('the app has read what the migration wrote, at once and without a restart', async () => {
      expect(await namespace.exec('deployment/app', 'cat', '/tmp/note')).toBe('migrated\n');
      expect(await namespace.restarts('app')).toBe(0);
    });

    it('each began when the one before had ended', () => {
      const times = ended.map(({ deployment }) => [deployment.started_at, deployment.finished_at] as const);
      for (const [index, [started]] of times.entries())
        expect(Date.parse(started ?? '')).toBeGreaterThanOrEqual(Date.parse(times[index - 1]?.[1] ?? '1970-01-01'));
    });
  },
);
