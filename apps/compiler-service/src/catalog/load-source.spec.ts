import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiskFilePort } from '@ushadow/compose-files';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjects } from './find-projects.ts';
import { loadSource } from './load-source.ts';
import { openSource } from './project-source.ts';

describe('loadSource', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'catalog-'));
    const files = {
      'blog.yaml': 'services: {web: {image: a}}',
      'shop.infra.yml': 'x-ushadow: {namespace: shop}\nservices: {web: {image: a}}',
      'named.yaml': 'name: given\nservices: {web: {image: a}}',
      'wiki/compose.yaml': 'services: {web: {image: a}}',
      'strict.yaml': [
        'services:',
        '  web:',
        '    image: a:${TAG:?which one}',
        '    environment:',
        '      DB_PASSWORD: ${DB_PASSWORD:?set it}',
        '      URL: postgres://u:${DB_PASSWORD:?}@db',
        '      NESTED: ${A:-${B:?}}',
        '  other: {image: "b:${TAG:-1.27}"}',
      ].join('\n'),
      'leak.yaml': 'services: {web: {image: a, env_file: /etc/hostname}}',
    };
    mkdirSync(join(root, 'wiki'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const load = (stem: string, variables: Readonly<Record<string, string>> = {}) => {
    const source = findProjects(new DiskFilePort({ roots: [root] }), root).find((each) => each.stem === stem);
    if (source === undefined) throw new Error(`no project ${stem}`);
    return loadSource(openSource(source), variables);
  };

  it('gives files of one folder names of their own, so that they do not share volumes', () => {
    expect(['blog', 'shop.infra', 'named', 'wiki'].map((stem) => load(stem).result.project?.name)).toEqual([
      'blog',
      'shop',
      'given',
      'wiki',
    ]);
  });

  it('lists what needs a variable instead of refusing the project, and fills nothing in', () => {
    const { result, missing, diagnostics } = load('strict');
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(missing.map(({ variable, service, inEnvironment }) => [variable, service, inEnvironment])).toEqual([
      ['TAG', 'web', false],
      ['DB_PASSWORD', 'web', true],
      ['DB_PASSWORD', 'web', true],
      ['B', 'web', true],
    ]);
    expect(missing[1]?.found.message).toContain('set it');
    expect(result.interpolationEnvironment).toEqual({ COMPOSE_PROJECT_NAME: 'strict' });
    expect(result.project?.services['other']).toMatchObject({ image: 'b:1.27' });
  });

  it('takes given variables for those of the file (R38)', () => {
    const { result, missing } = load('strict', { TAG: '2', DB_PASSWORD: 'p', B: 'b' });
    expect(missing).toEqual([]);
    expect(result.project?.services['web']).toMatchObject({
      image: 'a:2',
      environment: { DB_PASSWORD: 'p', URL: 'postgres://u:p@db', NESTED: 'b' },
    });
  });

  it('never looks into the environment of this process (M10, T1)', () => {
    process.env['DB_PASSWORD'] = 'of-the-process';
    try {
      expect(JSON.stringify(load('strict'))).not.toContain('of-the-process');
    } finally {
      delete process.env['DB_PASSWORD'];
    }
  });

  it('reads nothing outside the catalog', () => {
    expect(load('leak').result.diagnostics.map(({ code }) => code)).toContain('CPS0004');
  });
});
