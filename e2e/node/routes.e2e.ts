import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { printYaml } from '@ushadow/kubernetes';
import type { RouteTarget } from '@ushadow/compiler';
import { compileFile } from '../../libs/compiler/test/harness/compile-file.ts';
import { ask, askUntil, httpEntry, type Answer } from './support/http-entry.ts';
import { Namespace } from './support/kubectl.ts';

jest.setTimeout(300_000);

const FILE = fileURLToPath(new URL('projects/routes/compose.yaml', import.meta.url));
const port = Number(httpEntry === undefined ? 80 : new URL(httpEntry).port);
const TARGETS: readonly (RouteTarget & { readonly domain: string })[] = [
  { kind: 'ingress', className: 'traefik', domain: 'ingress.test' },
  {
    kind: 'gateway',
    name: 'traefik',
    namespace: 'kube-system',
    listeners: [{ name: 'web', protocol: 'HTTP', port }],
    domain: 'gateway.test',
  },
];

(httpEntry ? describe : describe.skip).each(TARGETS)(
  'what a file says to Traefik, by $kind (needs USHADOW_E2E_HTTP)',
  ({ domain, ...routes }) => {
    const namespace = new Namespace(`e2e-routes-${routes.kind}`);
    const byGateway = routes.kind === 'gateway';
    const answer = (head: Omit<Parameters<typeof ask>[1], 'host'> & { host?: string }): Promise<Answer> =>
      ask(httpEntry ?? '', { host: domain, ...head });
    let codes: readonly string[] = [];

    beforeAll(async () => {
      const { result, diagnostics } = compileFile([FILE], {
        environment: { DOMAIN: domain },
        target: { namespace: namespace.name, routes },
        options: { createNamespace: true },
        specs: byGateway ? {} : { api: { withoutFilters: ['*'] }, old: { withoutFilters: ['redirectScheme'] } },
      });
      codes = diagnostics.map(({ code }) => code);
      if (!result?.ok) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
      await namespace.apply(printYaml(result.objects));
      for (const service of ['web', 'exact', 'docs', 'beta', 'api', 'old'])
        await namespace.ready(`deployment/${service}`);
      await askUntil(
        () => Promise.all(['/', '/exactly', '/docs', '/api'].map((path) => answer({ path }))),
        (all) => all.every(({ status }) => status === 200),
      );
    });
    afterAll(() => namespace.remove());

    it('a host, a path and prefixes lead to their services', async () => {
      const names = async (...paths: string[]) =>
        Promise.all(paths.map(async (path) => (await answer({ path })).echo?.name));
      expect(await names('/', '/exactly', '/docs', '/docs/a', '/manual')).toEqual([
        'web',
        'exact',
        'docs',
        'docs',
        'docs',
      ]);
      expect((await answer({ host: `other.${domain}` })).status).toBe(404);
    });

    it('a header leads where the kind can say so, and is named where it cannot', async () => {
      const { echo } = await answer({ headers: { 'X-Channel': 'beta' } });
      expect(echo?.name).toBe(byGateway ? 'beta' : 'web');
      expect(codes.includes('CMP1467')).toBe(!byGateway);
    });

    it('a prefix is stripped and a header set where the kind can say so', async () => {
      const { echo } = await answer({ path: '/api/users' });
      expect(echo?.name).toBe('api');
      expect([echo?.path, echo?.headers['X-Through']]).toEqual(
        byGateway ? ['/users', 'routes'] : ['/api/users', undefined],
      );
      expect(codes.includes('CMP1454')).toBe(!byGateway);
    });

    it('plain HTTP is redirected where the kind can say so', async () => {
      const { status, location } = await answer({ host: `old.${domain}`, path: '/x' });
      if (byGateway) expect([status, location]).toEqual([302, `https://old.${domain}/x`]);
      else expect(status).toBe(200);
    });
  },
);
