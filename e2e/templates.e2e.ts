import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeFolder, runShell, type Folder, type Ran } from './support/shell.ts';
import { live, startSystem, writesTo, type TestSystem } from './support/system.ts';

const COMPOSE = `services:
  web:
    image: team/web:1
    environment:
      DATABASE_URL: \${DATABASE_URL}
    volumes:
      - ../files/web.ini:/etc/web.ini:ro
  db:
    image: postgres:16
    environment:
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD}
    volumes: ['data:/var/lib/postgresql/data']
`;

const TEMPLATE = `[variables]
main_domain = "\${domain}"
db_password = "\${password:32}"

[[config.domains]]
serviceName = "web"
port = 3000
host = "\${main_domain}"

[[config.mounts]]
filePath = "web.ini"
content = """
at = \${main_domain}
password = \${db_password}
"""

[config.env]
POSTGRES_PASSWORD = "\${db_password}"
DATABASE_URL = "postgres://app:\${db_password}@db:5432/app"
`;

describe('a template, by ushadow up', () => {
  let test: TestSystem;
  let folder: Folder;

  beforeAll(async () => {
    test = await startSystem(import.meta.url, 'templates');
    folder = await makeFolder('blueprint', { 'docker-compose.yml': COMPOSE, 'template.toml': TEMPLATE });
  });

  afterAll(async () => {
    await folder.delete();
    await test.stop();
  });

  const up = (...options: string[]): Promise<Ran> =>
    runShell(['up', '--template', '.', '--domain', 'shop.example.org', '-n', test.namespace.name, ...options], {
      gatewayUrl: test.system.gatewayUrl,
      cwd: folder.path,
      env: {},
    });
  /** What all Secrets hold, as text. */
  async function secrets(): Promise<string> {
    const { body } = await test.cluster.api.get(`/api/v1/namespaces/${test.namespace.name}/secrets`);
    const { items } = body as { items: { data?: Record<string, string> }[] };
    return items.flatMap(({ data = {} }) => Object.values(data).map((value) => atob(value))).join('\n');
  }
  let password = '';

  it('what a deployment that failed was given is given to the next one, also after a removal: a volume may have been made with it', async () => {
    await folder.write('nowhere.yaml', 'web: {node_selector: {ushadow.test/nowhere: "true"}}');
    const failed = await up('--spec', 'nowhere.yaml', '--deadline', '8', '--keep');
    expect(failed).toMatchObject({ code: 1, error: expect.stringContaining('Generated') as unknown });
    password = /password = ([a-z0-9]{32})\n/.exec(await secrets())?.[1] ?? '';
    const down = ['down', '-p', 'blueprint', '-n', test.namespace.name];
    const removed = await runShell(down, { gatewayUrl: test.system.gatewayUrl, cwd: folder.path, env: {} });
    expect(removed).toMatchObject({ code: 0 });
    await folder.write('nowhere.yaml', 'web: {node_selector: {}}');
    const { code, error } = await up('--spec', 'nowhere.yaml');
    expect({ code, error }).toEqual({ code: 0, error: expect.not.stringContaining('Generated') as unknown });
    expect(await secrets()).toContain(`password = ${password}\n`);
  });

  it('has one strong password wherever it stands, in Secrets alone, and its address', async () => {
    const { code, out, error } = await up();
    expect({ code, out, error }).toMatchObject({ code: 0 });
    const held = await secrets();
    expect(password).not.toBe('');
    expect(held).toContain(`postgres://app:${password}@db:5432/app`);
    expect(held.split('\n')).toContain(password);
    expect(out + error).not.toContain(password);
    const { body } = await test.cluster.api.get(`/api/v1/namespaces/${test.namespace.name}/configmaps`);
    expect(JSON.stringify([body, await live(test, 'deployments', 'web')])).not.toContain(password);
    const { body: routes } = await test.cluster.api.get(
      `/apis/networking.k8s.io/v1/namespaces/${test.namespace.name}/ingresses`,
    );
    expect(JSON.stringify(routes)).toContain('"host":"shop.example.org"');
  });

  it('a second time goes on with the values that the stack keeps, and changes nothing', async () => {
    const writes = await writesTo(test);
    const { code, out, error } = await up();
    expect({ code, out, error }).toMatchObject({
      code: 0,
      out: expect.stringContaining('revision 5: succeeded'),
    });
    expect(error).not.toContain('Generated');
    expect(await secrets()).toContain(password);
    expect(await writesTo(test)).toEqual(writes);
  });
});
