import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { runUshadow, type Ran, type RunOptions } from '../testing/run-ushadow.ts';
import {
  cluster,
  clusterId,
  deployment,
  event,
  plan,
  stack,
  succeeded,
  summary,
  variable,
} from '../testing/samples.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const COOLIFY = `# slogan: Sells.
# port: 3000

services:
  web:
    image: registry.example/web
    environment:
      - SERVICE_URL_WEB_3000
      - DATABASE_URL=postgres://$SERVICE_USER_DB:\${SERVICE_PASSWORD_DB}@db/web
      - GREETING=\${GREETING:-hello}
    volumes:
      - type: bind
        source: ./run.sh
        target: /run.sh
        content: |
          #!/bin/sh
          exec web
  db:
    image: postgres:17
    environment:
      - POSTGRES_USER=$SERVICE_USER_DB
      - POSTGRES_PASSWORD=$SERVICE_PASSWORD_DB
    volumes:
      - data:/var/lib/postgresql/data
`;
const DOKPLOY = {
  'docker-compose.yml':
    'services:\n  web:\n    image: registry.example/web\n    environment: ["TOKEN=${TOKEN}", "AT=${AT}"]\n',
  'template.toml':
    '[variables]\nhost = "${domain}"\n[[config.domains]]\nserviceName = "web"\nport = 80\nhost = "${host}"\n[config.env]\nTOKEN = "${password:32}"\nAT = "https://${host}"\n',
};

describe('--template', () => {
  let folder: string;
  let gateway: StandInGateway;

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ushadow-template-'));
    write('shop.yaml', COOLIFY);
    for (const [path, text] of Object.entries(DOKPLOY)) write(`blueprint/${path}`, text);
    gateway = new StandInGateway();
    await gateway.start();
    gateway
      .answer('listClusters', [cluster])
      .answer('listStacks', { stacks: [], next_cursor: null })
      .answer('uploadProject', ({ name }) => ({
        ...{ name, files: [], digest: 'd', services: [], diagnostics: [], set_aside: null, goes_at: null },
        ...{ uploaded_at: '2026-01-01T00:00:00.000Z', uploaded_by: 'operator' },
      }))
      .answer('projectVariables', { variables: [], unresolved: [], problems: [] })
      .answer('planStack', plan())
      .answer('deployStack', { ...deployment(), diagnostics: [] })
      .answer('getStack', stack())
      .stream([event('stage.started', 'Planning', { stage: 'plan' })], succeeded);
  });

  afterEach(async () => {
    await gateway.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ushadow = (args: readonly string[], options: Partial<RunOptions> = {}): Promise<Ran> =>
    runUshadow(args, {
      workingDirectory: folder,
      ...options,
      environment: { USHADOW_API: gateway.url, ...options.environment },
    });

  it.each([
    ['shop.yaml', 'shop: 2 services, no errors'],
    ['blueprint', 'blueprint: 1 service, no errors'],
  ])('check reads %s, and leaves nothing on the disk', async (template, verdict) => {
    const before = readdirSync(folder, { recursive: true });
    const { code, out } = await ushadow(['check', '--template', template, '--domain', 'shop.example.org']);
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining(verdict) });
    expect(readdirSync(folder, { recursive: true })).toEqual(before);
  });

  it('names the line of the template, and a place without a domain', async () => {
    write('shop.yaml', COOLIFY.replace('image: postgres:17', 'imag: postgres:17'));
    const { code, out } = await ushadow(['check', '--template', 'shop.yaml']);
    expect(code).toBe(1);
    expect(out).toContain('shop.yaml:19:5');
    expect(out).toContain('shop.example.com stands in its place');
    write('blueprint/template.toml', '[variables]\na = "${passwort}"\n');
    const refused = await ushadow(['check', '--template', 'blueprint']);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('blueprint/template.toml:2:6');
  });

  it('config fills in addresses and generated values, says which, and takes those of an env file', async () => {
    write('kept.env', 'SERVICE_PASSWORD_DB=kept\nSERVICE_USER_DB=me\n');
    const first = await ushadow(['config', '--template', 'shop.yaml', '--domain', 'shop.example.org']);
    expect(first.code).toBe(0);
    expect(first.out).toContain('SERVICE_URL_WEB_3000: https://shop.example.org\n');
    expect(first.out).toMatch(/POSTGRES_PASSWORD: [A-Za-z0-9]{32}\n/);
    expect(first.error).toContain('Generated anew by each run: SERVICE_USER_DB, SERVICE_PASSWORD_DB.');
    const args = ['config', '--template', 'shop.yaml', '--domain', 'http://shop.local', '--env-file', 'kept.env'];
    const kept = await ushadow(args);
    expect(kept.out).toContain('DATABASE_URL: postgres://me:kept@db/web\n');
    expect(kept.out).toContain('SERVICE_URL_WEB_3000: http://shop.local\n');
    expect(kept.error).not.toContain('Generated');
    expect(await ushadow(args)).toEqual(kept);
  });

  it('compile makes the route that the template names, and scripts that may be run', async () => {
    const { code, out } = await ushadow([
      ...['compile', '--template', 'shop.yaml', '--domain', 'shop.example.org', '--ingress-class', 'public'],
      ...['--format', 'json'],
    ]);
    expect(code).toBe(0);
    const objects = (JSON.parse(out) as { items: { kind: string }[] }).items;
    expect(objects.find(({ kind }) => kind === 'Ingress')).toMatchObject({
      spec: { rules: [{ host: 'shop.example.org' }] },
    });
    expect(JSON.stringify(objects.find((each) => each.kind === 'Deployment'))).toContain('"mountPath":"/run.sh"');
    expect(out).toMatch(/"mode": ?(?:365|493)/);
  });

  it('reads nothing of this machine that the command line does not name', async () => {
    write('secret.env', 'CANARY=canary\n');
    write('.env', 'GREETING=canary\n');
    write(
      'shop.yaml',
      COOLIFY.replace('    image: postgres:17', '    image: postgres:17\n    env_file: ../secret.env'),
    );
    const { code, out } = await ushadow(['config', '--template', 'shop.yaml']);
    expect(code).toBe(1);
    write('shop.yaml', COOLIFY);
    const plain = await ushadow(['config', '--template', 'shop.yaml']);
    expect(out + plain.out).not.toContain('canary');
  });

  it('up sends the project, its values and its address, and shows no value', async () => {
    const { code, error } = await ushadow(['up', '--template', 'shop.yaml', '--domain', 'shop.example.org']);
    expect({ code, error }).toMatchObject({ code: 0 });
    expect(error).toMatch(
      /^Sends shop: 4 files.*\n {2}\.env .*\n {2}compose\.override\.yaml .*\n {2}compose\.yaml .*\n {2}run\.sh /m,
    );
    expect(error).toContain('Generated, for the stack to keep: SERVICE_USER_DB, SERVICE_PASSWORD_DB\n');
    const [asked] = gateway.askedFor('deployStack');
    expect(asked).toMatchObject({
      ...{ cluster_id: clusterId, project: 'shop', shell: {}, env_file: {} },
      variables: { SERVICE_USER_DB: expect.any(String), SERVICE_PASSWORD_DB: expect.any(String) },
      env_secrets: { SERVICE_PASSWORD_DB: true },
      specs: { web: { public_at: ['shop.example.org:3000'] } },
    });
    const { SERVICE_PASSWORD_DB: password = '' } = asked?.['variables'] as Record<string, string>;
    expect(error).not.toContain(password);
    const [upload] = gateway.askedFor('uploadProject');
    const archive = Buffer.from(String(upload?.['archive']), 'base64');
    const texts = contentsOf(archive);
    expect(texts['.env']).toBe('SERVICE_URL_WEB_3000=https://shop.example.org\n');
    expect(texts['compose.yaml']?.split('\n')[0]).toBe('# slogan: Sells.');
    expect(Object.values(texts).join('')).not.toContain(password);
  });

  it('what the stack keeps is not generated again', async () => {
    const kept = (name: string) => ({ name, service: null, source: 'typed' as const, is_secret: true, value: null });
    const before = stack();
    gateway
      .answer('listStacks', { stacks: [summary()], next_cursor: null })
      .answer('getStack', {
        ...before,
        configuration: { ...before.configuration, variables: [kept('SERVICE_PASSWORD_DB')] },
      })
      .answer('projectVariables', {
        ...{ unresolved: [], problems: [] },
        variables: [variable('SERVICE_USER_DB', { source: 'remembered', is_set: true })],
      });
    const args = ['up', '--template', 'shop.yaml', '--plan'];
    const { code, error } = await ushadow([...args, '--domain', 'shop.example.org']);
    expect(code).toBe(0);
    expect(error).not.toContain('Generated');
    expect(gateway.askedFor('planStack')).toMatchObject([{ variables: {} }]);
    const forgetting = await ushadow([...args, '--domain', 'shop.example.org', '--forget', 'SERVICE_PASSWORD_DB']);
    expect(forgetting.error).toContain('for the stack to keep: SERVICE_PASSWORD_DB\n');
    const homeless = await ushadow(args);
    expect(homeless.code).toBe(1);
    expect(homeless.error).toContain('Say with --domain where the site of the template is.');
  });

  it('what is typed goes before what the template says', async () => {
    write('web.json', '{"web": {"replicas": 2}}');
    const { code } = await ushadow([
      ...['up', '--template', 'blueprint', '--domain', 'shop.example.org', '-e', 'TOKEN=mine', '--spec', 'web.json'],
      ...['--public', 'web=other.example.org:8080'],
    ]);
    expect(code).toBe(0);
    expect(gateway.askedFor('deployStack')).toMatchObject([
      {
        project: 'blueprint',
        variables: { TOKEN: 'mine' },
        specs: { web: { replicas: 2, public_at: ['other.example.org:8080'] } },
      },
    ]);
  });

  it('is called wrongly with files, without a template, and with a domain that is none', async () => {
    const said = async (...args: readonly string[]) => {
      const { code, error } = await ushadow(args);
      return `${String(code)} ${error}`;
    };
    expect(await said('check', '--template', 'shop.yaml', '-f', 'a.yaml')).toContain('2 ');
    expect(await said('check', '--domain', 'a.org')).toContain('--domain goes with --template.');
    expect(await said('check', '--template', 'none.yaml')).toContain('The template none.yaml cannot be read.');
    expect(await said('check', '--template', 'shop.yaml', '--domain', 'a b')).toContain('not a b.');
  });
});

/** Texts of a zip archive, by path. */
function contentsOf(archive: Buffer): Readonly<Record<string, string>> {
  const texts: Record<string, string> = {};
  for (let at = 0; archive.readUInt32LE(at) === 0x04034b50;) {
    const [method, size] = [archive.readUInt16LE(at + 8), archive.readUInt32LE(at + 18)];
    const [name, extra] = [archive.readUInt16LE(at + 26), archive.readUInt16LE(at + 28)];
    const start = at + 30 + name + extra;
    const content = archive.subarray(start, start + size);
    texts[archive.subarray(at + 30, at + 30 + name).toString()] = (
      method === 8 ? inflateRawSync(content) : content
    ).toString();
    at = start + size;
  }
  return texts;
}
