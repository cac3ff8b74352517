import type { ProjectData } from '@ushadow/contracts';
import { describe, expect, it } from '@jest/globals';
import { filterProjects } from './filter-projects.ts';

const project = (name: string, ...images: string[]) =>
  ({
    ...{ project: name, name, file: `${name}.yaml` },
    services: images.map((image) => ({ service: `${name}-web`, display_name: 'Web', image })),
  }) as ProjectData;
const projects = [project('shop', 'nginx:1.27', 'redis:7'), project('notes', 'nginx:1.27')];
const found = (query: string) => filterProjects(projects, query).map((each) => each.project);

describe('filterProjects', () => {
  it('finds by name, file, service and image, whatever the case', () => {
    expect(found('REDIS')).toEqual(['shop']);
    expect(found('notes.yaml')).toEqual(['notes']);
    expect(found('notes-web')).toEqual(['notes']);
  });

  it('wants every word', () => {
    expect(found('nginx shop')).toEqual(['shop']);
    expect(found('nginx mongo')).toEqual([]);
  });

  it('has all without a word', () => {
    expect(found('  ')).toEqual(['shop', 'notes']);
  });
});
