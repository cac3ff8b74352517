import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { TemplateData } from '@ushadow/contracts';
import { runUshadow, type Ran } from '../testing/run-ushadow.ts';
import { StandInGateway } from '../testing/stand-in-gateway.ts';

const notes: TemplateData = {
  ...{ id: 'coolify:notes', kind: 'coolify', name: 'notes', title: 'notes', tags: ['wiki'] },
  description: 'Keeps notes.',
  documentation: 'https://docs.example.org',
  services: ['db', 'web'],
  public: [{ service: 'web', port: 3000, path: null }],
  check: { state: 'warnings', errors: 0, warnings: 2 },
};
const mail: TemplateData = {
  ...{ id: 'dokploy:mail', kind: 'dokploy', name: 'mail', title: 'mail', tags: [] },
  ...{ description: null, documentation: null, services: [], public: [] },
  check: { state: 'pending', errors: 0, warnings: 0 },
};

describe('ushadow templates', () => {
  let gateway: StandInGateway;

  beforeEach(async () => {
    gateway = new StandInGateway();
    await gateway.start();
  });

  afterEach(() => gateway.stop());

  const ushadow = (...args: readonly string[]): Promise<Ran> =>
    runUshadow(['templates', ...args], { workingDirectory: '/', environment: { USHADOW_API: gateway.url } });

  it('lists all pages of what is found, and says how far they are checked and what is missing', async () => {
    const rest = {
      found: 2,
      checked: 1,
      total: 2,
      problems: ['Folder 2 of templates cannot be read: it is not there.'],
    };
    gateway.answer('listTemplates', ({ cursor }) =>
      cursor === undefined
        ? { templates: [notes], next_cursor: notes.id, ...rest }
        : { templates: [mail], next_cursor: null, ...rest },
    );
    const { code, out, error } = await ushadow('keeps', 'notes');
    expect(code).toBe(0);
    expect(out).toBe(
      'TEMPLATE       CHECK       PUBLIC    SERVICES  WHAT\n' +
        'coolify:notes  2 warnings  web:3000  2         Keeps notes.\n' +
        'dokploy:mail   pending                         mail\n',
    );
    expect(error).toContain('Folder 2 of templates cannot be read');
    expect(error).toContain('1 of 2 templates are checked');
    expect(gateway.askedFor('listTemplates')).toEqual([
      { limit: '200', search: 'keeps notes' },
      { limit: '200', search: 'keeps notes', cursor: 'coolify:notes' },
    ]);
  });

  it('shows what one needs, what is generated and what becomes of it, with exit code 1 for one with errors', async () => {
    gateway.answer('getTemplate', {
      ...notes,
      check: { state: 'errors', errors: 1, warnings: 0 },
      needs: [{ name: 'OWNER', required: true, message: 'who owns it', file: 'notes.yaml', line: 9 }],
      generated: ['SERVICE_PASSWORD_DB'],
      objects: [{ kind: 'Deployment', names: ['db', 'web'] }],
      volumes: [{ name: 'data', size: '1Gi' }],
      findings: [{ code: 'TPL0001', severity: 'error', message: 'It is wrong.', file: 'notes.yaml', line: 3 }],
    });
    const { code, out } = await ushadow('show', 'coolify:notes');
    expect(code).toBe(1);
    for (const text of [
      'OWNER (notes.yaml:9): who owns it',
      'Generated: SERVICE_PASSWORD_DB',
      'Deployment db, web',
      'volume data: 1Gi',
      'error TPL0001 notes.yaml:3: It is wrong.',
    ])
      expect(out).toContain(text);
    expect(gateway.askedFor('getTemplate')).toEqual([{ name: 'coolify:notes' }]);
  });

  it('makes a project of one, and says how it is deployed', async () => {
    gateway.answer('useTemplate', {
      template: notes.id,
      project: 'my-notes',
      services: ['my-notes:web'],
      public: [{ service: 'web', address: 'notes.example.org:3000' }],
      generated: ['SERVICE_PASSWORD_DB'],
      kept: [],
      diagnostics: [],
    });
    const { code, out } = await ushadow('use', 'notes', '--domain', 'http://notes.example.org', '-p', 'my-notes');
    expect(code).toBe(0);
    expect(out).toBe(
      'my-notes is a project now: 1 service\n' +
        '  web at notes.example.org:3000\n' +
        'Generated, and kept for it: SERVICE_PASSWORD_DB\n' +
        'Deploy it with: ushadow up -p my-notes\n',
    );
    expect(gateway.askedFor('useTemplate')).toEqual([
      { name: 'notes', domain: 'notes.example.org', tls: false, project: 'my-notes' },
    ]);
  });

  it('is called wrongly without a name, and with options of use for a list', async () => {
    expect((await ushadow('show')).code).toBe(2);
    expect((await ushadow('use', 'a', 'b')).code).toBe(2);
    expect((await ushadow('--replace')).code).toBe(2);
    expect(gateway.asked).toEqual([]);
  });
});
