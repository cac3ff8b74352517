import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PlanData } from '@ushadow/contracts';
import { apiProxy, testNamespace, type TestNamespace } from '@ushadow/testing';
import { fileURLToPath } from 'node:url';
import { answerRoute, gatewayApiMissing, gatewayPath, installGatewayApi, makeGateway } from './support/gateway-api.ts';
import { toBase64 } from './support/gateway.ts';
import { deployStack, startSystem, type TestSystem } from './support/system.ts';

const NONE = { gateway: null, ingress_class: null, issuer: null };

(gatewayApiMissing === undefined ? describe : describe.skip)(
  `how a cluster takes requests${gatewayApiMissing === undefined ? '' : `: ${gatewayApiMissing}`}`,
  () => {
    let test: TestSystem;
    let edge: TestNamespace;

    beforeAll(async () => {
      const compose = fileURLToPath(new URL('routes', import.meta.url));
      test = await startSystem(import.meta.url, 'routes', { compose });
      await installGatewayApi(test.cluster);
      edge = await testNamespace(test.cluster, 'edge');
    }, 120_000);

    afterAll(async () => {
      await edge?.delete();
      await test?.stop();
    });

    const set = (routing: object) =>
      test.client.updateCluster({ cluster_id: test.registered.cluster_id, routing: { ...NONE, ...routing } });
    const plan = (project: string, input: object = {}): Promise<PlanData> =>
      test.client.planStack({
        project,
        namespace: test.namespace.name,
        cluster_id: test.registered.cluster_id,
        ...input,
      });
    const at = (host: string) => ({ services: ['web'], specs: { web: { public_at: [host] } } });
    const routeWarnings = ({ warnings }: PlanData) =>
      warnings.map(({ code }) => code).filter((code) => code.startsWith('ROUTE_'));
    const kinds = ({ objects }: PlanData) => [...new Set(objects.map(({ object }) => object.split('/')[0]))];

    it('says in the plan that there is neither a controller nor a Gateway, and asks nothing where there is no route', async () => {
      const made = await plan('shop', at('shop.example.org'));
      expect(made.warnings.map(({ code }) => code)).toEqual(['ROUTE_NO_CONTROLLER']);
      expect(kinds(made)).toContain('Ingress');
      expect(routeWarnings(await plan('shop', { services: ['plain'] }))).toEqual([]);
    });

    it('says that the Gateway that is named does not exist, or is not accepted', async () => {
      await set({ gateway: { namespace: edge.name, name: 'missing' } });
      const missing = await plan('shop', at('shop.example.org'));
      expect(routeWarnings(missing)).toEqual(['ROUTE_GATEWAY_MISSING']);
      expect(kinds(missing)).toContain('HTTPRoute');
      const identity = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway' };
      const metadata = { name: 'new', namespace: edge.name };
      const spec = { gatewayClassName: 'test', listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }] };
      const path = gatewayPath(edge.name, 'gateways', 'new');
      await test.cluster.api.apply(path, { ...identity, metadata, spec }, 'test');
      await set({ gateway: metadata });
      expect(routeWarnings(await plan('shop', at('shop.example.org')))).toEqual(['ROUTE_GATEWAY_NOT_READY']);
      await test.cluster.api.delete(path);
    });

    it('takes the only Gateway there is, and says so', async () => {
      await makeGateway(test.cluster, { namespace: edge.name, name: 'web', takes: test.namespace.name });
      await set({});
      const made = await plan('shop', at('shop.example.org'));
      expect(routeWarnings(made)).toEqual(['ROUTE_GATEWAY_CHOSEN']);
      expect(kinds(made)).toContain('HTTPRoute');
      expect(kinds(made)).not.toContain('Ingress');
    });

    it('makes of labels what an Ingress cannot express, where a Gateway is named', async () => {
      await set({ ingress_class: 'some' });
      await expect(plan('labelled')).rejects.toMatchObject({ code: 'COMPILE_FAILED' });
      await set({ gateway: { namespace: edge.name, name: 'web' } });
      const made = await plan('labelled');
      expect(made).toMatchObject({ applicable: true, problems: [] });
      expect(routeWarnings(made)).toEqual([]);
      expect(kinds(made)).toContain('HTTPRoute');
    });

    it('makes of routers of TCP, TLS and UDP what the API server takes, at the listeners of the Gateway', async () => {
      const all = { namespaces: { from: 'All' } };
      const listeners = [
        { name: 'postgres', protocol: 'TCP', port: 5432, allowedRoutes: all },
        { name: 'sni', protocol: 'TLS', port: 8443, tls: { mode: 'Passthrough' }, allowedRoutes: all },
        { name: 'metrics', protocol: 'UDP', port: 8125, allowedRoutes: all },
      ];
      const metadata = { name: 'streams', namespace: edge.name };
      const gateway = { apiVersion: 'gateway.networking.k8s.io/v1', kind: 'Gateway', metadata };
      const path = gatewayPath(edge.name, 'gateways', 'streams');
      await test.cluster.api.apply(path, { ...gateway, spec: { gatewayClassName: 'test', listeners } }, 'test');
      await set({ gateway: metadata });
      const made = await plan('streams');
      expect(made).toMatchObject({ applicable: true, problems: [] });
      expect(kinds(made)).toEqual(expect.arrayContaining(['TCPRoute', 'TLSRoute', 'UDPRoute']));
      await test.cluster.api.delete(path);
      await set({ gateway: { namespace: edge.name, name: 'web' } });
    });

    it('says that the issuer of certificates does not exist', async () => {
      await set({
        gateway: { namespace: edge.name, name: 'web' },
        issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' },
      });
      const made = await plan('shop', at('shop.example.org'));
      expect(routeWarnings(made)).toEqual(['ROUTE_ISSUER_MISSING']);
      expect(kinds(made)).toContain('ListenerSet');
      await set({ gateway: { namespace: edge.name, name: 'web' } });
    });

    it('names whoever has the host already', async () => {
      const path = `/apis/networking.k8s.io/v1/namespaces/${edge.name}/ingresses/theirs`;
      const rules = [{ host: 'taken.example.org', http: { paths: [rootPath()] } }];
      const theirs = {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'Ingress',
        metadata: { name: 'theirs' },
        spec: { rules },
      };
      await test.cluster.api.apply(path, theirs, 'test');
      expect(routeWarnings(await plan('shop', at('taken.example.org/api')))).toEqual([]);
      const made = await plan('shop', at('taken.example.org'));
      expect(made.warnings.filter(({ code }) => code.startsWith('ROUTE_'))).toMatchObject([
        {
          code: 'ROUTE_HOST_TAKEN',
          message: expect.stringContaining(`Ingress/theirs in namespace ${edge.name}`),
        },
      ]);
    });

    it('is done once the Gateway has accepted the route, and shows its address', async () => {
      const following = deployStack(test, 'shop', at('shop.example.org'));
      await answerRoute(test.cluster, test.namespace.name, 'web', 'Accepted', 'ResolvedRefs');
      const { deployment } = await following;
      expect(deployment.status).toBe('succeeded');
      const stack = await test.client.getStack({ stack_id: deployment.stack_id });
      const web = stack.services.find(({ service }) => service === 'web');
      expect(web?.addresses).toContainEqual(
        expect.objectContaining({ via: 'route', url: 'http://shop.example.org', ready: true }),
      );
      expect(routeWarnings(await plan('shop', { services: ['web'] }))).toEqual([]);
    });

    it('fails with the words of the Gateway that does not take the route, and the line it comes from', async () => {
      await makeGateway(test.cluster, { namespace: edge.name, name: 'web', takes: test.namespace.name });
      await set({ gateway: { namespace: edge.name, name: 'web' } });
      const { objects } = await plan('labelled');
      const name = objects.map(({ object }) => object.split('/')).find(([kind]) => kind === 'HTTPRoute')?.[2] ?? '';
      const following = deployStack(test, 'labelled', { rollback: false });
      await answerRoute(test.cluster, test.namespace.name, name, 'Accepted=NotAllowedByListeners', 'ResolvedRefs');
      const { deployment, events } = await following;
      expect(deployment).toMatchObject({ status: 'failed', verdict: { code: 'ROUTE_REFUSED' } });
      expect(deployment.verdict?.reason).toContain('NotAllowedByListeners: said of Accepted');
      const cause = events.find(({ type }) => type === 'cause.raised');
      expect(cause?.data).toMatchObject({ cause: { source: { file: 'labelled.yaml', line: 7 } } });
    });

    it('asks the cluster three times at most to choose, not at all without routes, and waits for no answer long', async () => {
      const proxy = await apiProxy(test.cluster.kubeconfig);
      try {
        const { cluster_id } = await test.client.registerCluster({
          name: 'slow',
          allow_duplicate: true,
          kubeconfig: toBase64(proxy.kubeconfig),
          namespace: test.namespace.name,
        });
        const choosing = /ingressclasses|gateway\.networking\.k8s\.io\/v1(\?|$)|\/gateways/;
        const asked = () =>
          proxy.calls().filter(({ call }) => call.method === 'GET' && choosing.test(call.path)).length;
        proxy.forget();
        await plan('shop', { cluster_id, services: ['plain'] });
        expect(asked()).toBe(0);
        const quick = await plan('shop', { cluster_id, ...at('slow.example.org') });
        expect(asked()).toBeLessThanOrEqual(3);
        expect(routeWarnings(quick)).toEqual(['ROUTE_GATEWAY_CHOSEN']);
        proxy.setRule(({ path }) => (/\/gateways/.test(path) ? { kind: 'latency', ms: 20_000 } : undefined));
        const startedAt = performance.now();
        const slow = await plan('shop', { cluster_id, ...at('slow.example.org') });
        expect(routeWarnings(slow)).toContain('ROUTE_NOT_SEEN');
        expect(performance.now() - startedAt).toBeLessThan(10_000);
      } finally {
        await proxy.close();
      }
    }, 60_000);

    it('is done without an answer where no controller ever gives one, with a warning', async () => {
      const { deployment, events } = await deployStack(test, 'shop', at('other.example.org'));
      expect(deployment.status).toBe('succeeded');
      expect(events.filter(({ type }) => type === 'warning').map(({ data }) => data['code'])).toContain(
        'ROUTE_UNANSWERED',
      );
    });
  },
);

function rootPath(): object {
  return { path: '/', pathType: 'Prefix', backend: { service: { name: 'x', port: { number: 80 } } } };
}
