import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { fileURLToPath } from 'node:url';
import type { CompileResult, RouteTarget } from '@ushadow/compiler';
import type { KubeObject } from '@ushadow/kubernetes';
import { printYaml } from '@ushadow/kubernetes';
import type { RequestHead } from '@ushadow/proxy-labels';
import { compileFile } from '../../libs/compiler/test/harness/compile-file.ts';
import {
  REQUEST,
  ROUTERS_OF_HOSTS,
  routerOf,
  servicesWith,
  whyElsewhere,
  type Router,
} from '../../libs/compiler/test/routes/random-routers.ts';
import { compileProject } from '../../libs/compiler/src/testing/compile-project.ts';
import { startFileProxy, type FileProxy } from './support/file-proxy.ts';
import { ask, askUntil, httpEntry } from './support/http-entry.ts';
import { kubectl, Namespace } from './support/kubectl.ts';

jest.setTimeout(600_000);

const BACKENDS = fileURLToPath(new URL('projects/routes/backends.yaml', import.meta.url));
const CASES = 40;
const REQUESTS = 25;
const SEED = Number(process.env.USHADOW_E2E_SEED ?? 7);
const port = Number(httpEntry === undefined ? 80 : new URL(httpEntry).port);
const TARGETS: readonly RouteTarget[] = [
  { kind: 'ingress', className: 'traefik', controller: 'traefik.io/ingress-controller' },
  { kind: 'gateway', name: 'traefik', namespace: 'kube-system', listeners: [{ name: 'web', protocol: 'HTTP', port }] },
];
const NAMESPACE = (kind: string): string => `e2e-random-${kind}-${SEED}`;
/** Each case has hosts of its own, and each target other ones. */
const domain = (kind: string, index: number): string => `c${index}.${kind}.test`;
const inDomain = (text: string, to: string): string => text.replaceAll('.org', `.${to}`).replaceAll(/\borg\b/g, to);

interface Case {
  readonly routers: readonly Router[];
  readonly requests: readonly RequestHead[];
}
const cases: readonly Case[] = fc.sample(
  fc.record({
    routers: ROUTERS_OF_HOSTS,
    requests: fc.array(REQUEST, { minLength: REQUESTS, maxLength: REQUESTS }),
  }),
  { numRuns: CASES, seed: SEED },
);

(httpEntry ? describe : describe.skip)(`random rules of Traefik, seed ${SEED} (needs USHADOW_E2E_HTTP)`, () => {
  let oracle: FileProxy | undefined;
  const namespaces = TARGETS.map(({ kind }) => new Namespace(NAMESPACE(kind)));
  const results = new Map<string, CompileResult>();

  beforeAll(async () => {
    for (const target of TARGETS) {
      const namespace = NAMESPACE(target.kind);
      const { result } = compileFile([BACKENDS], { target: { namespace }, options: { createNamespace: true } });
      const routes = cases.flatMap(({ routers }, index) => routesOf(routers, index, target));
      await new Namespace(namespace).apply(printYaml([...(result?.objects ?? []), ...routes]));
    }
    for (const namespace of namespaces)
      for (const service of ['s0', 's1', 's2', 's3']) await namespace.ready(`deployment/${service}`);
    oracle = await startFileProxy(fileRouters(), await addresses());
  });
  afterAll(async () => {
    await oracle?.stop();
    await Promise.all(namespaces.map((namespace) => namespace.remove()));
  });

  function routesOf(routers: readonly Router[], index: number, target: RouteTarget): readonly KubeObject[] {
    const own = routers.map((router) => ({ ...router, rule: inDomain(router.rule, domain(target.kind, index)) }));
    const result = compileProject(
      { services: servicesWith(own) },
      { target: { namespace: NAMESPACE(target.kind), routes: target } },
    );
    results.set(`${target.kind} ${index}`, result);
    return result.objects
      .filter(({ kind }) => kind === 'Ingress' || kind === 'HTTPRoute')
      .map((object) => ({ ...object, metadata: { ...object.metadata, name: `c${index}-${object.metadata.name}` } }));
  }

  function fileRouters() {
    const routers = cases.flatMap((each, index) =>
      each.routers.map(({ rule, priority }, at) => [
        `c${index}r${at}`,
        { rule: inDomain(rule, domain('file', index)), service: `s${at}`, priority },
      ]),
    );
    return { ...Object.fromEntries(routers), ready: { rule: 'Host(`ready.test`)', service: 's0' } };
  }

  async function addresses(): Promise<Readonly<Record<string, string>>> {
    const list = await kubectl(['get', 'services', '-n', NAMESPACE('ingress'), '-o', 'json']);
    const { items } = JSON.parse(list) as {
      items: readonly { metadata: { name: string }; spec: { clusterIP: string } }[];
    };
    return Object.fromEntries(items.map(({ metadata, spec }) => [metadata.name, `http://${spec.clusterIP}:8000`]));
  }

  const answerer = async (kind: string, index: number, head: RequestHead): Promise<string | undefined> => {
    const entry = (kind === 'file' ? oracle?.url : httpEntry) ?? '';
    const { echo } = await ask(entry, { ...head, host: inDomain(head.host, domain(kind, index)) });
    return echo?.name;
  };

  it.each(TARGETS)('each request is answered alike by $kind, or a finding names why not', async ({ kind }) => {
    await askUntil(
      () => ask(oracle?.url ?? '', { host: 'ready.test' }).catch(() => ({ status: 0 })),
      ({ status }) => status === 200,
    );
    let alike = 0;
    const unnamed: unknown[] = [];
    for (const [index, { routers, requests }] of cases.entries()) {
      for (const head of requests) {
        const wanted = await answerer('file', index, head);
        const taken = await askUntil(
          () => answerer(kind, index, head),
          (name) => name === wanted || isNamed(name),
        );
        function isNamed(name: string | undefined): boolean {
          const result = results.get(`${kind} ${index}`);
          return result !== undefined && whyElsewhere(result, [routerOf(wanted)], [routerOf(name)]).length > 0;
        }
        if (taken === wanted) alike += 1;
        else if (!isNamed(taken)) unnamed.push({ routers, head, wanted, taken });
        if (unnamed.length >= 3) break;
      }
    }
    expect(unnamed).toEqual([]);
    expect(alike).toBeGreaterThan((CASES * REQUESTS) / 2);
  });
});
