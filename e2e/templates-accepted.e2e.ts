import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RouteTarget } from '@ushadow/compiler';
import { collectionPath, knownMapping, objectId, type KubeObject } from '@ushadow/kubernetes';
import { testCluster, testNamespace, type TestCluster, type TestNamespace } from '@ushadow/testing';
import { EXAMPLES } from '../libs/templates/test/examples.ts';
import { compiled, imported } from '../libs/templates/test/imported.ts';
import { gatewayApiMissing, installGatewayApi } from './support/gateway-api.ts';

const missing = EXAMPLES.length === 0 ? 'the fixtures are not there (USHADOW_FIXTURES)' : gatewayApiMissing;

const WAYS: readonly RouteTarget[] = [
  { kind: 'ingress', className: 'public', issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' } },
  {
    kind: 'gateway',
    name: 'public',
    namespace: 'edge',
    listeners: [{ name: 'web', protocol: 'HTTP', port: 80 }],
    listenerSets: true,
    issuer: { kind: 'ClusterIssuer', name: 'letsencrypt' },
  },
];

(missing === undefined ? describe : describe.skip)(
  `every template of the fixtures${missing === undefined ? '' : `: ${missing}`}`,
  () => {
    let cluster: TestCluster;
    let space: TestNamespace;

    beforeAll(async () => {
      cluster = await testCluster();
      space = await testNamespace(cluster, 'accepted');
      await installGatewayApi(cluster);
    }, 120_000);
    afterAll(() => space?.delete());

    /** What the API server says against an object; undefined: it would be taken, every field of it. */
    async function refusal(object: KubeObject): Promise<string | undefined> {
      const id = objectId(object);
      const mapping = knownMapping(id);
      if (mapping === undefined) return `nobody knows ${id.kind}`;
      const path = collectionPath(id, mapping);
      const { status, body } = await cluster.api.post(`${path}?dryRun=All&fieldValidation=Strict`, object);
      return status < 300 ? undefined : `${id.kind} ${id.name}: ${(body as { message?: string }).message ?? ''}`;
    }

    describe.each(WAYS)('with routes by $kind', (routes) => {
      it.each(EXAMPLES.map((input) => [input.name, input] as const))(
        '%s is accepted by the strict dry run of an API server',
        async (_, input) => {
          const { result } = compiled(imported(input), { namespace: space.name, routes });
          const objects = result?.objects ?? [];
          expect(objects.length).toBeGreaterThan(1);
          const refusals = await Promise.all(objects.map(refusal));
          expect(refusals.filter((each) => each !== undefined)).toEqual([]);
        },
      );
    });
  },
);
