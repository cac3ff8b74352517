import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DiskFilePort } from '@ushadow/compose-files';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findProjects } from './find-projects.ts';
import { loadSource } from './load-source.ts';

describe('loadSource', () => {
  let root: string;

  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'catalog-'));
    const files = {
      'blog.yaml': 'services: {web: {image: a}}',
      'shop.infra.yml': 'x-ushadow: {namespace: shop}\nservices: {web: {image: a}}',
      'named.yaml': 'name: given\nservices: {web: {image: a}}',
      'wiki/compose.yaml': 'services: {web: {image: a}}',
      'leak.yaml': 'services: {web: {image: a, env_file: /etc/hostname}}',
    };
    mkdirSync(join(root, 'wiki'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, name), text);
  });

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  const load = (stem: string) => {
    const source = findProjects(new DiskFilePort(), root).find((each) => each.stem === stem);
    if (source === undefined) throw new Error(`no project ${stem}`);
    return loadSource(source, root);
  };

  it('gives files of one folder names of their own, so that they do not share volumes', () => {
    expect(['blog', 'shop.infra', 'named', 'wiki'].map((stem) => load(stem).project?.name)).toEqual([
      'blog',
      'shop',
      'given',
      'wiki',
    ]);
  });

  it('reads nothing outside the catalog', () => {
    expect(load('leak').diagnostics.map(({ code }) => code)).toContain('CPS0004');
  });
});
