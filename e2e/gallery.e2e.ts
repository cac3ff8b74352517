import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, runShell, type Folder, type Ran } from './support/shell.ts';
import { startSystem, type TestSystem } from './support/system.ts';

const NOTES = `# slogan: Keeps notes.
# port: 3000
services:
  web:
    image: team/web:1
    environment:
      - SERVICE_URL_WEB_3000
      - DATABASE_URL=postgres://app:\${SERVICE_PASSWORD_64_DB}@db:5432/app
  db:
    image: postgres:16
    environment:
      - POSTGRES_PASSWORD=\${SERVICE_PASSWORD_64_DB}
    volumes:
      - data:/var/lib/postgresql/data
`;

describe('a template of the gallery', () => {
  let test: TestSystem;
  let templates: Folder;
  let elsewhere: Folder;
  let password = '';

  beforeAll(async () => {
    templates = await makeFolder('gallery', { 'notes.yaml': NOTES });
    elsewhere = await makeFolder('elsewhere', { 'README.md': 'nothing' });
    const env = { 'compiler-service': { TEMPLATES_DIR: templates.path } };
    test = await startSystem(import.meta.url, 'gallery', { env });
  });

  afterAll(async () => {
    await test?.stop();
    await templates?.delete();
    await elsewhere?.delete();
  });

  const shell = (...args: readonly string[]): Promise<Ran> =>
    runShell([...args], { gatewayUrl: test.system.gatewayUrl, cwd: elsewhere.path, env: {} });
  const use = (domain: string, ...args: readonly string[]): Promise<Ran> =>
    shell('templates', 'use', 'notes', '--domain', domain, ...args);
  const up = (): Promise<Ran> => shell('up', '-p', 'notes', '-n', test.namespace.name, '--yes');
  async function read(path: string): Promise<string> {
    return JSON.stringify((await test.cluster.api.get(path.replace('NS', test.namespace.name))).body);
  }
  /** What all Secrets hold, as text. */
  async function secrets(): Promise<string> {
    const { items } = JSON.parse(await read('/api/v1/namespaces/NS/secrets')) as {
      items: { data?: Record<string, string> }[];
    };
    return items.flatMap(({ data = {} }) => Object.values(data).map((value) => atob(value))).join('\n');
  }

  it('is deployed with one strong password that no browser and no shell has seen, at its address', async () => {
    expect((await shell('templates', 'keeps')).out).toContain('coolify:notes');
    const used = await use('notes.example.org');
    expect(used).toMatchObject({ code: 0 });
    const { code, out, error } = await up();
    expect({ code, out, error }).toMatchObject({ code: 0 });
    const held = await secrets();
    password = /postgres:\/\/app:([A-Za-z0-9]{64})@db/.exec(held)?.[1] ?? '';
    expect(password).not.toBe('');
    expect(held.split('\n')).toContain(password);
    expect(used.out + used.error + out + error).not.toContain(password);
    const ingresses = await read('/apis/networking.k8s.io/v1/namespaces/NS/ingresses');
    expect(ingresses).toContain('"host":"notes.example.org"');
    expect(await read('/apis/apps/v1/namespaces/NS/deployments')).not.toContain(password);
  });

  it('used again at another address has that address and the password it had', async () => {
    expect(await use('moved.example.org')).toMatchObject({ code: 1, error: expect.stringContaining('NAME_TAKEN') });
    expect(await use('moved.example.org', '--replace')).toMatchObject({
      code: 0,
      out: expect.stringContaining('As it had them: SERVICE_PASSWORD_64_DB'),
    });
    const { code, out, error } = await up();
    expect({ code, out, error }).toMatchObject({ code: 0 });
    expect((await secrets()).split('\n')).toContain(password);
    const ingresses = await read('/apis/networking.k8s.io/v1/namespaces/NS/ingresses');
    expect(ingresses).toContain('"host":"moved.example.org"');
    expect(ingresses).not.toContain('"host":"notes.example.org"');
  });

  it('keeps its password while a stack of it exists, unless somebody says otherwise', async () => {
    const remove = (force?: 'true') => test.client.deleteUpload({ name: 'notes', ...(force && { force }) });
    await expect(remove()).rejects.toMatchObject({
      code: 'UPLOAD_IN_USE',
      message: expect.stringContaining('one setting of this project alone') as unknown,
    });
    const down = await shell('down', '-p', 'notes', '-n', test.namespace.name, '--yes');
    expect(down).toMatchObject({ code: 0 });
    await expect(remove('true')).resolves.toMatchObject({ success: true });
  });
});
