import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tasks } from '../work/tasks.ts';
import { findTemplates, TEMPLATES_MAX } from './find-templates.ts';
import { Gallery, type ListedTemplate } from './gallery.ts';
import { ListTemplates } from './list-templates.ts';

const WEB = `# documentation: https://docs.example.org
# slogan: Keeps notes.
# tags: notes, wiki
# port: 3000

services:
  web:
    image: team/web:1
    environment:
      - SERVICE_URL_WEB_3000
      - PASSWORD=\${SERVICE_PASSWORD_WEB}
      - OWNER=\${OWNER:?who owns it}
    volumes:
      - data:/data
`;

describe('the gallery', () => {
  let folder: string;
  const open: Gallery[] = [];
  const checks: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gallery-'));
    checks.length = 0;
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((each) => each.close()));
    rmSync(folder, { recursive: true });
  });

  const gallery = (folders: readonly string[] = [folder]): Gallery => {
    const one = new Gallery({
      folders,
      policy: { hostPaths: [], podSecurity: 'privileged' },
      workers: {
        run: (name, input) => {
          if ('input' in input && 'name' in input.input) checks.push(String(input.input.name));
          return Promise.resolve().then(() => tasks[name](input as never) as never);
        },
      },
      onFailure: (_, error) => {
        throw error;
      },
    });
    open.push(one);
    return one;
  };
  const write = (path: string, text: string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const checked = async (one: Gallery): Promise<readonly ListedTemplate[]> => {
    for (;;) {
      const { templates, checked: count } = await one.list();
      if (count === templates.length) return templates;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  const list = (one: Gallery, input: { search?: string; limit?: number; cursor?: string } = {}) =>
    new ListTemplates(one).run({ limit: 50, ...input });

  it('lists what is there at once, and what each is as soon as it is checked', async () => {
    write('notes.yaml', WEB);
    const one = gallery();
    expect(await list(one)).toMatchObject({
      templates: [{ id: 'coolify:notes', title: 'notes', check: { state: 'pending' } }],
      checked: 0,
      total: 1,
    });
    await checked(one);
    expect((await list(one, { search: 'WIKI keeps' })).templates).toMatchObject([
      {
        id: 'coolify:notes',
        description: 'Keeps notes.',
        documentation: 'https://docs.example.org',
        tags: ['notes', 'wiki'],
        services: ['web'],
        public: [{ service: 'web', port: 3000 }],
      },
    ]);
    expect(await list(one, { search: 'mail' })).toMatchObject({ templates: [], found: 0, total: 1 });
  });

  it('knows both kinds of one name apart, as their repositories have them', async () => {
    write('coolify/templates/compose/notes.yaml', WEB);
    write('dokploy/blueprints/notes/docker-compose.yml', 'services: {web: {image: a}}');
    write(
      'dokploy/blueprints/notes/template.toml',
      '[[config.domains]]\nserviceName = "web"\nport = 80\nhost = "${domain}"\n',
    );
    write('dokploy/blueprints/empty/README.md', 'nothing');
    const one = gallery([join(folder, 'coolify'), join(folder, 'dokploy')]);
    const all = await checked(one);
    expect(all.map(({ found }) => found.id)).toEqual(['coolify:notes', 'dokploy:notes']);
    expect((await one.find('notes')).length).toBe(2);
    expect((await one.find('dokploy:notes')).length).toBe(1);
  });

  it('goes through pages without losing or repeating one', async () => {
    for (let at = 0; at < 7; at += 1) write(`t${String(at)}.yaml`, WEB);
    write('t3/docker-compose.yml', 'services: {web: {image: a}}');
    write('t3/template.toml', '');
    const one = gallery();
    const ids: string[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await list(one, { limit: 3, ...(cursor === undefined ? {} : { cursor }) });
      ids.push(...page.templates.map(({ id }) => id));
      cursor = page.next_cursor;
    }
    expect(ids).toEqual(
      [0, 1, 2, 3]
        .map((at) => `coolify:t${String(at)}`)
        .concat('dokploy:t3', ...[4, 5, 6].map((at) => `coolify:t${String(at)}`)),
    );
  });

  it('checks one content once, also when its file is only touched, and a changed one again', async () => {
    write('notes.yaml', WEB);
    const one = gallery();
    await checked(one);
    const found = (await one.list()).templates[0];
    utimesSync(join(folder, 'notes.yaml'), 1, 1);
    const again = async (): Promise<ListedTemplate | undefined> => {
      for (;;) {
        const [now] = await checked(one);
        if (now !== undefined && now.found.signature !== found?.found.signature) return now;
      }
    };
    await again();
    expect(checks).toEqual(['notes']);
    write('notes.yaml', 'services: {}');
    for (;;) {
      const [now] = await checked(one);
      if (now?.summary?.check.state === 'errors') break;
    }
    expect(checks).toEqual(['notes', 'notes']);
  }, 20_000);

  it('reads nothing that a link leads to outside its folder', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'gallery-outside-'));
    writeFileSync(join(outside, 'secret.yaml'), WEB);
    mkdirSync(join(outside, 'whole'));
    writeFileSync(join(outside, 'whole', 'docker-compose.yml'), WEB);
    symlinkSync(join(outside, 'secret.yaml'), join(folder, 'leak.yaml'));
    symlinkSync(join(outside, 'whole'), join(folder, 'whole'));
    symlinkSync('nowhere', join(folder, 'gone.yaml'));
    write('inner/docker-compose.yml', 'services: {web: {image: a}}');
    symlinkSync('../../etc/passwd', join(folder, 'inner', 'template.toml'));
    const all = await checked(gallery());
    expect(all.map(({ found, summary }) => [found.id, summary?.check.state])).toEqual([
      ['coolify:gone', 'errors'],
      ['dokploy:inner', 'errors'],
      ['coolify:leak', 'errors'],
    ]);
    expect(checks).toEqual([]);
    rmSync(outside, { recursive: true });
  });

  it('says why there is none, and says nothing of where folders lie', async () => {
    expect((await gallery([]).list()).problems).toEqual(['No folder of templates is named: TEMPLATES_DIR is not set.']);
    write('file', '');
    const { problems, templates } = await gallery([join(folder, 'none'), join(folder, 'file')]).list();
    expect(templates).toEqual([]);
    expect(problems).toEqual([
      'Folder 1 of templates cannot be read: it is not there.',
      'Folder 2 of templates cannot be read: it is not a folder.',
    ]);
  });

  it('lists no more than there may be, and says how many there are', async () => {
    for (let at = 0; at <= TEMPLATES_MAX; at += 1) write(`t${String(at)}.yaml`, '');
    const { templates, problems } = await findTemplates([folder]);
    expect(templates).toHaveLength(TEMPLATES_MAX);
    expect(problems).toEqual(['Of 5001 templates the first 5000 are listed.']);
  });

  it('lists what has an odd name, unless nobody could ask for it', async () => {
    write('..odd name%2F.yaml', WEB);
    write('new\nline.yaml', WEB);
    write('twice.yaml', WEB);
    write('twice.yml', WEB);
    const { templates, problems } = await gallery().list();
    expect(templates.map(({ found }) => found.id)).toEqual(['coolify:..odd name%2F', 'coolify:twice']);
    expect(problems).toEqual([
      'The folder of templates: one has a name that cannot be asked for.',
      'The folder of templates: coolify:twice is there already; the first one counts.',
    ]);
  });

  it('lists a template with mistakes with their number, and does not take a large file', async () => {
    write('large.yaml', `services: {web: {image: a}}\n#${'a'.repeat(1024 * 1024)}`);
    write('wrong.yaml', 'services: [');
    const all = await checked(gallery());
    expect(all.map(({ found, summary }) => [found.id, summary?.check])).toEqual([
      ['coolify:large', { state: 'errors', errors: 1, warnings: 0 }],
      ['coolify:wrong', { state: 'errors', errors: 1, warnings: 0 }],
    ]);
  });
});
