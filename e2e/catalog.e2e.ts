import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from '@ushadow/contracts';
import { natsFor, startServices, testDatabase, zipOf, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { gatewayClient, toBase64 } from './support/gateway.ts';

const infra = `
services:
  mongo: {image: mongo:7}
  cache: {image: valkey/valkey:8}
  identity: {image: acme/identity:1}
  worker: {image: acme/worker:1}
  panel: {image: mongo-express:1}
  vault: {image: acme/vault:1, x-ushadow: {infrastructure: true}}
  odd: {image: redis:7, x-ushadow: {infrastructure: false}}
`;

describe('the catalog', () => {
  let directory: string;
  let database: TestDatabase;
  let system: RunningSystem;
  let client: Client;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'catalog-'));
    await writeFile(join(directory, 'infra.yaml'), infra);
    await writeFile(
      join(directory, 'app.yaml'),
      'x-ushadow: {infra_services: [identity]}\nservices: {app: {image: a}}',
    );
    await writeFile(join(directory, 'variables'), 'TAG=of-the-operator\nHOME=/of-the-operator\n');
    database = await testDatabase();
    system = await startServices({
      database,
      natsUrl: (await natsFor(import.meta.url)).url,
      composeDirectory: directory,
      only: ['cluster-service', 'compiler-service', 'gateway'],
      env: { 'compiler-service': { COMPOSE_ENV_FILE: join(directory, 'variables'), OF_THE_PROCESS: 'leaked' } },
    });
    client = gatewayClient(system.gatewayUrl);
  });

  afterAll(async () => {
    await system.stop();
    await database.drop();
    await rm(directory, { recursive: true });
  });

  const ids = async () => (await client.listServices({})).services.map(({ service_id }) => service_id);
  const upload = (name: string, files: Readonly<Record<string, string>>, replace = false) =>
    client.uploadProject({
      name,
      replace,
      files: Object.entries(files).map(([path, text]) => ({ path, content: toBase64(text) })),
    });
  const eventually = async (condition: () => Promise<boolean>): Promise<void> => {
    while (!(await condition())) await new Promise((resolve) => setImmediate(resolve));
  };

  it('lists as infrastructure what is marked, has a known image, or is expected as such elsewhere (R85, B1)', async () => {
    const { services } = await client.listInfraServices({});
    expect(services.map(({ service_name, type }) => [service_name, type])).toEqual([
      ['mongo', 'mongo'],
      ['cache', 'redis'],
      ['identity', 'identity'],
      ['vault', 'vault'],
    ]);
  });

  it('notices a file that is added to the folder, changed or removed', async () => {
    const file = join(directory, 'late.yaml');
    await writeFile(file, 'services: {one: {image: a}}');
    await eventually(async () => (await ids()).includes('late:one'));
    await writeFile(file, 'services: {two: {image: a}}');
    await eventually(async () => (await ids()).includes('late:two'));
    await rm(file);
    await eventually(async () => !(await ids()).includes('late:two'));
  });

  it('takes an upload of a zip archive, replaces it when asked, and forgets it', async () => {
    const bytes = await zipOf({
      'shop/compose.yaml': { text: 'services: {web: {image: nginx, env_file: web.env}}' },
      'shop/web.env': { text: 'COLOUR=blue\n' },
    });
    const uploaded = await client.uploadProject({ name: 'shop', archive: bytes.toString('base64') });
    expect(uploaded).toMatchObject({
      files: [{ path: 'compose.yaml' }, { path: 'web.env', bytes: 12 }],
      services: ['shop:web'],
      diagnostics: [],
    });
    const { variables } = await client.getServiceEnv({ service_id: 'shop:web' });
    expect(variables).toMatchObject([{ name: 'COLOUR', value: 'blue', source: 'default' }]);

    const second = { 'compose.yaml': 'services: {api: {image: nginx}}' };
    await expect(upload('shop', second)).rejects.toMatchObject({ code: 'UPLOAD_NAME_TAKEN', kind: 'conflict' });
    expect(await ids()).toContain('shop:web');
    expect(await upload('shop', second, true)).toMatchObject({ services: ['shop:api'] });
    expect(await ids()).not.toContain('shop:web');
    expect((await client.listUploads({})).uploads.map(({ name }) => name)).toEqual(['shop']);
    await client.deleteUpload({ name: 'shop' });
    expect(await ids()).not.toContain('shop:api');
    await expect(client.deleteUpload({ name: 'shop' })).rejects.toMatchObject({ code: 'UPLOAD_NOT_FOUND' });
  });

  it('takes a Compose file with mistakes and says what they are, like one in the folder', async () => {
    const uploaded = await upload('broken', { 'compose.yaml': 'services:\n  web:\n    imag: nginx\n' });
    expect(uploaded.services).toEqual([]);
    expect(uploaded.diagnostics[0]).toMatchObject({ severity: 'error', file: 'broken/compose.yaml', line: 3 });
    expect((await client.listServices({})).problems).toContainEqual(
      expect.objectContaining({ file: 'broken/compose.yaml' }),
    );
    await client.deleteUpload({ name: 'broken' });
  });

  it.each<[reason: string, files: Record<string, string>, code: string]>([
    ['leads out of its folder', { 'compose.yaml': 'services: {}', '../x': 'y' }, 'UPLOAD_INVALID'],
    ['has no Compose file', { 'readme.md': 'x' }, 'UPLOAD_INVALID'],
    ['has two that could be meant', { 'a.yaml': 'services: {}', 'b.yaml': 'services: {}' }, 'UPLOAD_INVALID'],
    ['has a file that is too large', { 'compose.yaml': 'x'.repeat(1024 * 1024 + 1) }, 'UPLOAD_TOO_LARGE'],
  ])('refuses an upload that %s', async (_reason, files, code) => {
    await expect(upload('bad', files)).rejects.toMatchObject({ code });
    expect((await client.listUploads({})).uploads).toEqual([]);
  });

  it('has room for a large upload on its way, and refuses a larger body at the door', async () => {
    const half = 'x'.repeat(1000 * 1024);
    const files = { 'compose.yaml': 'services: {web: {image: a}}', a: half, b: half, c: half };
    expect(await upload('large', files)).toMatchObject({ services: ['large:web'] });
    await client.deleteUpload({ name: 'large' });
    const body = JSON.stringify({ name: 'larger', archive: 'A'.repeat(7 * 1024 * 1024) });
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${system.gatewayUrl}/api/kubernetes/services/uploads`, {
      method: 'POST',
      headers,
      body,
    });
    expect(answer.status).toBe(413);
  });

  it('does not let an upload or a second file take the ids of another project', async () => {
    await expect(upload('app', { 'compose.yaml': 'services: {x: {image: a}}' })).rejects.toMatchObject({
      code: 'UPLOAD_NAME_TAKEN',
      message: expect.stringContaining('app.yaml'),
    });
    await writeFile(join(directory, 'app.yml'), 'services: {other: {image: a}}');
    await eventually(async () => (await client.listServices({})).problems.some(({ file }) => file === 'app.yml'));
    const { problems, services } = await client.listServices({});
    expect(problems.find(({ file }) => file === 'app.yml')?.diagnostics[0]).toMatchObject({
      code: 'CATALOG_NAME_TAKEN',
    });
    expect(services.filter(({ service_id }) => service_id.startsWith('app:'))).toHaveLength(1);
    await rm(join(directory, 'app.yml'));
  });

  it('reads nothing of this machine for an upload, wherever its Compose file points', async () => {
    const compose = 'services: {web: {image: a, env_file: /etc/hostname, volumes: ["/etc/passwd:/x:ro"]}}';
    const uploaded = await upload('thief', { 'compose.yaml': compose });
    expect(uploaded.diagnostics.length).toBeGreaterThan(0);
    expect(uploaded.services).toEqual([]);
    await client.deleteUpload({ name: 'thief' });
  });

  it('fills the folder’s projects from the operator’s file, and none from its own environment (R38, T1, M10)', async () => {
    const web = 'environment: {A: "${TAG}", B: "${HOME}", C: "${OF_THE_PROCESS:-no}", D: "${NATS_URL:-no}"}';
    const compose = `services: {web: {image: "nginx:\${TAG:-none}", ${web}}}`;
    const valuesOf = async (id: string) =>
      (await client.getServiceEnv({ service_id: id })).variables.map(({ value }) => value);
    await writeFile(join(directory, 'vars.yaml'), compose);
    await eventually(async () => (await ids()).includes('vars:web'));
    expect(await valuesOf('vars:web')).toEqual(['of-the-operator', '/of-the-operator', 'no', 'no']);
    const preview = await client.previewService({ service_id: 'vars:web', namespace: 'x' });
    expect(JSON.stringify(preview)).toContain('nginx:of-the-operator');
    await rm(join(directory, 'vars.yaml'));
  });

  it('shows an upload neither the operator’s variables nor the settings that are not for it', async () => {
    await client.putSetting({ path: 'db.of_installation', value: 'canary-1', is_secret: false });
    await client.putSetting({ path: 'db.of_uploads', value: 'seen', is_secret: false, for_uploads: true });
    await client.putSetting({ path: 'db.of_project', value: 'own', is_secret: false, project: 'guest' });
    await client.putSetting({ path: 'db.of_uploads', value: 'nearer', is_secret: false, project: 'guest' });
    const names = ['TAG', 'OF_INSTALLATION', 'OF_UPLOADS', 'OF_PROJECT'];
    const environment = names.map((name) => `${name}: "\${${name}:-none}"`).join(', ');
    const files = { 'compose.yaml': `services: {web: {image: nginx, environment: {${environment}}}}` };
    for (const name of ['guest', 'other']) await upload(name, files);
    const valuesOf = async (name: string) =>
      (await client.getServiceEnv({ service_id: `${name}:web` })).variables.map(({ value }) => value);
    expect(await valuesOf('guest')).toEqual(['none', 'none', 'nearer', 'own']);
    expect(await valuesOf('other')).toEqual(['none', 'none', 'seen', 'none']);
    const place = { service_id: 'other:web', cluster_id: '0123456789abcdef' };
    const mapped = client.saveServiceEnv({ ...place, set: { TAG: { setting: 'db.of_installation' } } });
    await expect(mapped).rejects.toMatchObject({ code: 'SETTING_NOT_FOUND' });
    await client.deleteUpload({ name: 'guest', force: 'true' });
    const { settings } = await client.listSettings({});
    expect(settings.map(({ path, project }) => [path, project])).toEqual([
      ['db.of_installation', null],
      ['db.of_uploads', null],
    ]);
    for (const { path } of settings) await client.deleteSetting({ path });
    await client.deleteUpload({ name: 'other' });
  });

  it('asks for a variable that only the whole file can be given, where it stands', async () => {
    await upload('tagged', { 'compose.yaml': 'services:\n  web:\n    image: nginx:${TAG2:?which one}\n' });
    const preview = { service_id: 'tagged:web', namespace: 'x' };
    await expect(client.previewService(preview)).rejects.toMatchObject({
      code: 'COMPILE_FAILED',
      details: {
        diagnostics: [{ code: 'CPS0202', line: 3, remedy: expect.stringContaining('`variables`') }],
      },
    });
    const { manifests } = await client.previewService({ ...preview, variables: { TAG2: '1.29' } });
    expect(JSON.stringify(manifests)).toContain('nginx:1.29');
    await client.deleteUpload({ name: 'tagged' });
  });

  it.each(['.x', 'x.', 'a..b', 'a b', '', '../x', 'ü'])('refuses the setting path %j', async (path) => {
    const url = `${system.gatewayUrl}/api/settings/${encodeURIComponent(path)}`;
    const body = JSON.stringify({ value: 'v' });
    const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': 'application/json' }, body });
    expect([404, 422]).toContain(answer.status);
  });

  it('judges what of a setting is secret, lets its owner decide, and keeps every value sealed', async () => {
    expect(await client.putSetting({ path: 'mail.password', value: 'canary-1' })).toMatchObject({ is_secret: true });
    const open = { path: 'mail.password', value: 'canary-2', is_secret: false };
    expect(await client.putSetting(open)).toMatchObject({ is_secret: false, value: 'canary-2' });
    expect(await client.putSetting({ path: 'db.url', value: 'postgres://u:canary@h/d' })).toMatchObject({
      value: null,
    });
    await upload('sealed', { 'compose.yaml': 'services: {web: {image: a}}', '.env': 'PASSWORD=canary-3' });
    const admin = new pg.Client(database.adminUrl);
    await admin.connect();
    try {
      const tables = await admin.query<{ row: string }>(`
        SELECT row_to_json(s)::text AS row FROM catalog.settings s
        UNION ALL SELECT row_to_json(f)::text FROM catalog.upload_files f`);
      expect(tables.rows.length).toBeGreaterThanOrEqual(4);
      expect(JSON.stringify(tables.rows)).not.toContain('canary');
    } finally {
      await admin.end();
    }
    expect(system.logs()).not.toContain('canary');
  });
});
