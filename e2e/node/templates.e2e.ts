import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { fixtures, fixturesMissing } from '@ushadow/compose/testing';
import { makeFolder, runShell, type Folder, type Ran } from '../support/shell.ts';
import { ask, askUntil, httpEntry, type Answer } from './support/http-entry.ts';
import { kubectl, Namespace } from './support/kubectl.ts';
import { Product } from './support/product.ts';

jest.setTimeout(400_000);

const templates = join(fixtures, 'templates');

interface Template {
  readonly name: string;
  /** The service that its first address leads to. */
  readonly main: string;
  readonly files: () => Readonly<Record<string, string>>;
  /** What is given to --template. */
  readonly file: string;
}

function ofCoolify(name: string, main = name): Template {
  const file = `${name}.yaml`;
  const files = () => ({ [file]: readFileSync(join(templates, 'coolify', file), 'utf8') });
  return { name, main, files, file };
}

/** Its two files lie apart in the fixtures. */
function ofDokploy(name: string, main = name): Template {
  const files = () => ({
    'template.toml': readFileSync(join(templates, 'dokploy', name, 'template.toml'), 'utf8'),
    'docker-compose.yml': readFileSync(join(fixtures, 'realworld/dokploy', name, 'docker-compose.yml'), 'utf8'),
  });
  return { name, main, files, file: '.' };
}

const PLATFORMS = [
  {
    platform: 'Coolify',
    way: 'Ingress',
    routing: { gateway: null, ingress_class: 'traefik' },
    list: [
      ofCoolify('bluesky-pds', 'pds'),
      ofCoolify('cloudbeaver'),
      ofCoolify('directus-with-postgresql', 'directus'),
      ofCoolify('n8n'),
      ofCoolify('rybbit'),
      ofCoolify('sftpgo'),
    ],
  },
  {
    platform: 'Dokploy',
    way: 'HTTPRoute',
    routing: { gateway: { namespace: 'kube-system', name: 'traefik' }, ingress_class: null },
    list: [
      ofDokploy('answer'),
      ofDokploy('evolutionapi', 'evolution-api'),
      ofDokploy('gatus'),
      ofDokploy('gotify'),
      ofDokploy('paperless-ngx'),
      ofDokploy('trek'),
    ],
  },
] as const;

const missing =
  fixturesMissing ??
  (httpEntry === undefined || process.env.USHADOW_E2E_STAND_INS !== '1'
    ? 'needs USHADOW_E2E_HTTP, and on the node what plays their images (USHADOW_E2E_STAND_INS)'
    : undefined);
const describeOnNode = missing === undefined ? describe : describe.skip;

describeOnNode(`templates of others on a node${missing === undefined ? '' : `: ${missing}`}`, () => {
  let product: Product;
  const folders: Folder[] = [];
  const spaces: Namespace[] = [];

  beforeAll(async () => {
    product = await Product.start(import.meta.url);
  });
  afterAll(async () => {
    await product?.stop();
    for (const folder of folders) await folder.delete();
    for (const space of spaces) await space.remove();
  });

  describe.each(PLATFORMS)('of $platform, by $way', ({ platform, routing, list }) => {
    const prefix = `e2e-${platform.toLowerCase()}`;

    beforeAll(async () => {
      const [cluster] = await product.client.listClusters({});
      await product.client.updateCluster({
        cluster_id: cluster?.cluster_id ?? '',
        routing: { ...routing, issuer: null },
      });
    });

    it.each(list)(
      '$name is deployed by ushadow up --template, answers at its address, and keeps what was made for it',
      async ({ name, main, files, file }) => {
        const space = new Namespace(`${prefix}-${name}`);
        const folder = await makeFolder(name, files());
        spaces.push(space);
        folders.push(folder);
        const host = `${name}.${platform.toLowerCase()}.test`;
        const up = (): Promise<Ran> =>
          runShell(['up', '--template', file, '--domain', host, '-n', space.name, '--yes'], {
            gatewayUrl: product.gatewayUrl,
            cwd: folder.path,
          });
        const first = await up();
        expect(first).toMatchObject({ ...first, code: 0, out: expect.stringContaining('succeeded') as unknown });
        const answer = (): Promise<Answer> => ask(httpEntry ?? '', { host, path: '/a/page' });
        const { status, echo } = await askUntil(answer, (each) => each.status === 200);
        expect({ status, path: echo?.path, headers: echo?.headers }).toMatchObject({
          status: 200,
          path: '/a/page',
          headers: { Host: host },
        });
        expect(await space.pods(main, '{.items[*].metadata.name}')).toContain(echo?.name);
        const kept = await secretsOf(space);
        const second = await up();
        expect(second).toMatchObject({
          ...second,
          code: 0,
          error: expect.not.stringContaining('Generated') as unknown,
        });
        expect(await secretsOf(space)).toEqual(kept);
        // Nothing but what was there: their pods are for the next.
        await kubectl(['delete', 'namespace', space.name, '--wait=false']);
      },
    );
  });
});

/** What the Secrets of the namespace hold, by name. */
async function secretsOf({ name }: Namespace): Promise<Readonly<Record<string, unknown>>> {
  const { items } = JSON.parse(await kubectl(['get', 'secrets', '-n', name, '-o', 'json'])) as {
    items: readonly { metadata: { name: string }; data?: Readonly<Record<string, string>> }[];
  };
  return Object.fromEntries(items.map(({ metadata, data = {} }) => [metadata.name, data]));
}
