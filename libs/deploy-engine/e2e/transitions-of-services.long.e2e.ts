import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { JsonObject, KubeObject } from '@ushadow/kubernetes';
import { objectId, valueAt } from '@ushadow/kubernetes';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { testConnection, uniqueName } from './testing/run-deployment.ts';
import { actionsOf, contentOf, inSlots, pairsOf, transition, without } from './testing/transition.ts';

jest.setTimeout(240_000);

const cluster = new KubernetesTransport(testConnection());
const namespace = uniqueName('services');
const fieldManager = 'test';

beforeAll(async () => {
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }, { fieldManager });
});

afterAll(async () => {
  await cluster.delete({ group: '', version: 'v1', kind: 'Namespace', name: namespace });
  await cluster.close();
});

const http = { name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' };
const metrics = { name: 'metrics', port: 9090, targetPort: 'metrics', protocol: 'TCP' };
const inner = { type: 'ClusterIP', ports: [http] };
const headless = { type: 'ClusterIP', clusterIP: 'None', publishNotReadyAddresses: true };

const SHAPES = {
  headless: () => ({ ...headless, ports: [http] }),
  'headless without ports': () => headless,
  'cluster address': () => inner,
  'more ports': () => ({ ...inner, ports: [http, metrics] }),
  'renamed port': () => ({ ...inner, ports: [{ ...http, name: 'web', targetPort: 'web' }] }),
  'other number': () => ({ ...inner, ports: [{ ...http, port: 8080 }] }),
  'both protocols': () => ({ ...inner, ports: [http, { ...http, name: 'h3', protocol: 'UDP' }] }),
  sticky: () => ({ ...inner, sessionAffinity: 'ClientIP' }),
  'dual stack': () => ({ ...inner, ipFamilyPolicy: 'PreferDualStack' }),
  'node ports': () => ({ ...inner, type: 'NodePort', ports: [http, metrics] }),
  'fixed node port': (port) => ({ ...inner, type: 'NodePort', ports: [{ ...http, nodePort: port }] }),
  'other fixed node port': (port) => ({ ...inner, type: 'NodePort', ports: [{ ...http, nodePort: port + 1 }] }),
  'local node port': () => ({ ...inner, type: 'NodePort', externalTrafficPolicy: 'Local' }),
  'load balancer': () => ({ ...inner, type: 'LoadBalancer' }),
  'local load balancer': () => ({ ...inner, type: 'LoadBalancer', externalTrafficPolicy: 'Local' }),
  'external name': () => ({ type: 'ExternalName', externalName: 'db.example.org' }),
} as const satisfies Readonly<Record<string, (fixed: number) => JsonObject>>;
type Shape = keyof typeof SHAPES;

function service(name: string, shape: Shape, fixed: number): KubeObject {
  const spec = { ...(shape === 'external name' ? {} : { selector: { app: 'web' } }), ...SHAPES[shape](fixed) };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name, namespace, labels: { app: 'web' } }, spec };
}

/** Ports of the nodes that the server gives to nobody who does not ask for them. */
const FIRST_PORT = 30_000;
const SLOTS = 16;
/** Which address and ports it has is the server's to give. */
const GIVEN = ['clusterIP', 'clusterIPs', 'nodePort', 'healthCheckNodePort'];

/** What else there is to know of them: whether they are there. */
function givenTo(object: KubeObject | undefined): JsonObject {
  const ports = valueAt(object, ['spec', 'ports']);
  const list = Array.isArray(ports) ? ports : [];
  const address = valueAt(object, ['spec', 'clusterIP']);
  return {
    address: address === undefined || address === 'None' ? String(address) : 'own',
    nodePorts: list.map((port) => typeof valueAt(port, ['nodePort'])),
    healthPort: typeof valueAt(object, ['spec', 'healthCheckNodePort']),
  };
}

const isHeadless = (shape: Shape): boolean => shape.startsWith('headless');
const isOutside = (shape: Shape): boolean => shape === 'external name';

/** It gets an address, or loses it: that is settled when it is made. */
function actionFor(from: Shape, to: Shape): 'update' | 'recreate' {
  return !isOutside(from) && !isOutside(to) && isHeadless(from) !== isHeadless(to) ? 'recreate' : 'update';
}

async function tryPair([from, to]: readonly [Shape, Shape], slot: number): Promise<JsonObject> {
  const name = `s-${Object.keys(SHAPES).indexOf(from)}-${Object.keys(SHAPES).indexOf(to)}`;
  const fixed = FIRST_PORT + 4 * slot;
  const [old, wanted] = [service(name, from, fixed), service(name, to, fixed)];
  const there = await transition([old], [wanted], cluster);
  const made = await cluster.get(objectId(wanted));
  const { object: fresh } = await cluster.create(service(`${name}-new`, to, fixed + 2), { fieldManager, dryRun: true });
  await cluster.delete(objectId(wanted));
  const [before] = there.before.inventory;
  return {
    pair: `${from} → ${to}`,
    plan: actionsOf(there.plan).map((line) => line.replace(` Service/${name}`, '')),
    verdict: there.result.failure?.message ?? there.result.verdict,
    outcomes: there.result.changes.map(({ outcome }) => outcome),
    again: actionsOf(there.again),
    isSame: made?.metadata.uid === before?.uid,
    content: without(contentOf(made), GIVEN),
    fresh: without(contentOf(fresh), GIVEN),
    given: givenTo(made),
    wouldBeGiven: givenTo(fresh),
  };
}

describe('a Service', () => {
  it('of each shape becomes every other one as if it had been made so, and the plan says how', async () => {
    const pairs = pairsOf(Object.keys(SHAPES) as Shape[]);
    const found = await inSlots(pairs, SLOTS, tryPair);
    const expected = pairs.map(([from, to], index) => {
      const action = actionFor(from, to);
      const { fresh, wouldBeGiven } = found[index] as JsonObject;
      return {
        pair: `${from} → ${to}`,
        plan: [action],
        verdict: 'succeeded',
        outcomes: [action === 'recreate' ? 'recreated' : 'configured'],
        again: [],
        isSame: action === 'update',
        content: fresh,
        fresh,
        given: wouldBeGiven,
        wouldBeGiven,
      };
    });
    expect(found).toEqual(expected);
  });

  it('keeps its address and the ports of the nodes as long as it has any', async () => {
    const way: readonly Shape[] = ['node ports', 'local load balancer', 'more ports', 'load balancer', 'sticky'];
    const seen: JsonObject[] = [];
    for (const [index, to] of way.entries()) {
      await transition([service('kept', way[index - 1] ?? to, 0)], [service('kept', to, 0)], cluster);
      const { spec } = (await cluster.get(objectId(service('kept', to, 0)))) as KubeObject;
      seen.push(spec as JsonObject);
    }
    const [first, second] = seen;
    expect(new Set(seen.map(({ clusterIP }) => clusterIP)).size).toBe(1);
    expect(valueAt(second, ['ports', 0, 'nodePort'])).toBe(valueAt(first, ['ports', 0, 'nodePort']));
  });

  it('whose new form is refused once the old one is gone comes back as it was', async () => {
    const fixed = FIRST_PORT + 4 * SLOTS;
    const taker = service('taker', 'fixed node port', fixed);
    await cluster.apply(taker, { fieldManager });
    const [old, wanted] = [service('back', 'headless', fixed), service('back', 'fixed node port', fixed)];
    const { plan, result, events } = await transition([old], [wanted], cluster);
    expect(actionsOf(plan)).toEqual(['recreate Service/back']);
    expect(result).toMatchObject({ verdict: 'failed', rollback: { verdict: 'succeeded' } });
    expect(result.failure?.message).toContain('already allocated');
    expect(events).toContainEqual(expect.objectContaining({ type: 'object.deleted', reason: 'recreated' }));
    const back = await cluster.get(objectId(old));
    expect(back?.['spec']).toMatchObject(old['spec'] as object);
    expect(result.inventory).toEqual([{ object: objectId(old), uid: back?.metadata.uid }]);
  });

  it('is not made anew where that is not allowed, nor left as it was silently', async () => {
    const [old, wanted] = [service('refused', 'headless', 0), service('refused', 'cluster address', 0)];
    const { plan, result } = await transition([old], [wanted], cluster, { recreate: 'none' });
    expect(plan.problems).toMatchObject([{ code: 'FIELD_IMMUTABLE', object: { kind: 'Service', name: 'refused' } }]);
    expect(result).toMatchObject({ verdict: 'failed', failure: { code: 'FIELD_IMMUTABLE' } });
  });
});
