import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { operations } from '@ushadow/contracts';
import { openCaller, type Caller } from '@ushadow/messaging/testing';
import { natsFor, startServices, testDatabase, type RunningSystem, type TestDatabase } from '@ushadow/testing';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';

const NOTES = `# slogan: Keeps notes.
# port: 3000
services:
  web:
    image: team/web:1
    environment:
      - SERVICE_URL_WEB_3000
      - DATABASE_URL=postgres://app:\${SERVICE_PASSWORD_DB}@db:5432/app
      - OWNER=\${OWNER:?who owns it}
  db:
    image: postgres:16
    environment:
      - POSTGRES_PASSWORD=\${SERVICE_PASSWORD_DB}
`;

describe('the gallery of templates', () => {
  let directory: string;
  let database: TestDatabase;
  let system: RunningSystem | undefined;
  let caller: Caller;
  let client: pg.Client;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'templates-'));
    await mkdir(join(directory, 'compose'));
    await writeFile(join(directory, 'compose', 'taken.yaml'), 'services: {web: {image: a}}');
    const templates = join(directory, 'templates');
    await mkdir(templates);
    await writeFile(join(templates, 'notes.yaml'), NOTES);
    await writeFile(join(templates, 'taken.yaml'), NOTES);
    await writeFile(join(templates, 'broken.yaml'), 'services: [');
    database = await testDatabase();
    const natsUrl = (await natsFor(import.meta.url)).url;
    system = await startServices({
      ...{ database, natsUrl, composeDirectory: join(directory, 'compose'), only: ['compiler-service'] },
      env: { 'compiler-service': { TEMPLATES_DIR: [templates, join(directory, 'none')].join(',') } },
    });
    caller = await openCaller(natsUrl);
    client = new pg.Client({ connectionString: database.urls.catalog });
    await client.connect();
  });

  afterAll(async () => {
    await client?.end();
    await caller?.close();
    await system?.stop();
    await database?.drop();
    await rm(directory, { recursive: true });
  });

  const use = (input: Omit<Parameters<typeof call>[0], 'tls' | 'replace'> & { replace?: boolean }) =>
    call({ tls: true, replace: false, ...input });
  const call = (input: { name: string; project?: string; domain?: string; tls: boolean; replace: boolean }) =>
    caller.rpc.call(operations.useTemplate, input);
  const envelopes = async (): Promise<unknown[]> =>
    (await client.query(`SELECT id, envelope FROM catalog.settings ORDER BY id`)).rows as unknown[];

  it('is checked in the background, and says which folder is not there', async () => {
    for (;;) {
      const { checked, total, templates, problems } = await caller.rpc.call(operations.listTemplates, { limit: 50 });
      if (checked < total) continue;
      expect(problems).toEqual(['Folder 2 of templates cannot be read: it is not there.']);
      expect(templates.map(({ id, check }) => [id, check.state])).toEqual([
        ['coolify:broken', 'errors'],
        ['coolify:notes', 'ok'],
        ['coolify:taken', 'ok'],
      ]);
      break;
    }
  });

  it('shows what a template needs and is made of, and what is wrong with one that cannot be read', async () => {
    const notes = await caller.rpc.call(operations.getTemplate, { name: 'notes' });
    expect(notes).toMatchObject({
      id: 'coolify:notes',
      needs: [{ name: 'OWNER', file: 'notes.yaml', line: 9 }],
      generated: ['SERVICE_PASSWORD_DB'],
    });
    expect(notes.objects.map(({ kind }) => kind)).toContain('Deployment');
    const broken = await caller.rpc.call(operations.getTemplate, { name: 'coolify:broken' });
    expect(broken.findings).toMatchObject([{ severity: 'error', file: 'broken.yaml', line: 1 }]);
    await expect(caller.rpc.call(operations.getTemplate, { name: '..' })).rejects.toMatchObject({
      code: 'TEMPLATE_NOT_FOUND',
    });
  });

  it('makes a project whose generated values are kept, sealed, and are in no answer', async () => {
    const used = await use({ name: 'notes', project: 'my-notes', domain: 'notes.example.org' });
    expect(used).toMatchObject({
      template: 'coolify:notes',
      project: 'my-notes',
      services: ['my-notes:web', 'my-notes:db'],
      public: [{ service: 'web', address: 'notes.example.org:3000' }],
      generated: ['SERVICE_PASSWORD_DB'],
      kept: [],
    });
    const { variables, unresolved } = await caller.rpc.call(operations.projectVariables, { project: 'my-notes' });
    expect(unresolved).toEqual(['OWNER']);
    expect(variables.find(({ name }) => name === 'SERVICE_PASSWORD_DB')).toMatchObject({
      ...{ is_set: true, is_secret: true, value: null, source: 'settings', weak: null },
    });
    const project = await caller.rpc.call(operations.getProject, { project: 'my-notes' });
    expect(project).toMatchObject({ origin: 'upload', name: 'my-notes', diagnostics: [] });
    const { rows } = await client.query<{ entry: object }>(
      `SELECT record::jsonb AS entry FROM catalog.audit_trail WHERE project = 'my-notes' ORDER BY sequence`,
    );
    expect(rows.map(({ entry }) => entry)).toMatchObject([
      { action: 'project.uploaded', target: 'my-notes', details: { template: 'coolify:notes' } },
      { action: 'setting.set', target: 'SERVICE_PASSWORD_DB', details: { is_secret: true } },
    ]);
  });

  it('changes no value when it is used again, here or elsewhere', async () => {
    const before = await envelopes();
    await expect(use({ name: 'notes', project: 'my-notes' })).rejects.toMatchObject({ code: 'UPLOAD_NAME_TAKEN' });
    const again = { name: 'notes', project: 'my-notes', domain: 'other.example.org', replace: true };
    expect(await use(again)).toMatchObject({
      public: [{ service: 'web', address: 'other.example.org:3000' }],
      generated: [],
      kept: ['SERVICE_PASSWORD_DB'],
    });
    expect(await envelopes()).toEqual(before);
    await use({ name: 'notes', project: 'more-notes' });
    expect(await envelopes()).toEqual(expect.arrayContaining(before));
  });

  it('used by many at once is one project with one value', async () => {
    const many = Array.from({ length: 8 }, () => use({ name: 'notes', project: 'raced', replace: true }));
    const used = await Promise.allSettled(many);
    const good = used.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
    expect(good.filter(({ generated }) => generated.length > 0)).toHaveLength(1);
    expect((await envelopes()).filter((row) => (row as { id: string }).id.startsWith('raced/'))).toHaveLength(1);
  });

  it('keeps nothing of what cannot become a project', async () => {
    const before = await envelopes();
    await expect(use({ name: 'taken' })).rejects.toMatchObject({ code: 'UPLOAD_NAME_TAKEN' });
    await expect(use({ name: 'broken' })).rejects.toMatchObject({
      code: 'TEMPLATE_INVALID',
      details: { diagnostics: [{ file: 'broken.yaml' }] },
    });
    expect(await envelopes()).toEqual(before);
    const { uploads } = await caller.rpc.call(operations.listUploads, {});
    expect(uploads.map(({ name }) => name)).toEqual(['more-notes', 'my-notes', 'raced']);
  });
});
