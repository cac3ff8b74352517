import { describe, expect, it } from '@jest/globals';
import { filterServices, type AvailableService } from './filter-services.ts';

const service = (name: string, part: Partial<AvailableService> = {}): AvailableService => ({
  service_id: `stack:${name}`,
  service_name: name,
  display_name: name,
  description: null,
  image: 'nginx',
  requires: [],
  optional: [],
  provides: null,
  tags: [],
  environments: [],
  exposes: [],
  route_path: null,
  infra_services: [],
  namespace: null,
  file: 'stack.yml',
  origin: 'directory',
  project: 'stack',
  profiles: [],
  deployable: true,
  problem: null,
  ...part,
});

const all = [
  service('web', { description: 'Front page', tags: ['demo'], optional: ['queue'] }),
  service('cache', { image: 'redis:7', provides: 'cache-store' }),
  service('built', { image: null, deployable: false, problem: 'no image', file: 'other.yml', project: 'other' }),
];
const names = (query: string, deployableOnly = false) =>
  filterServices(all, { query, deployableOnly }).map((entry) => entry.service_name);

describe('filterServices', () => {
  it('keeps everything, in its order, without a search', () => {
    expect(names('')).toEqual(['web', 'cache', 'built']);
  });

  it('finds words in name, description, image, project and file, in any case', () => {
    expect(names('FRONT')).toEqual(['web']);
    expect(names('redis')).toEqual(['cache']);
    expect(names('stack web')).toEqual(['web']);
    expect(names('other.yml')).toEqual(['built']);
    expect(names('nothing')).toEqual([]);
  });

  it('finds tags and capabilities', () => {
    expect([names('demo'), names('queue'), names('cache-store')]).toEqual([['web'], ['web'], ['cache']]);
  });

  it('leaves out what cannot be deployed when asked', () => {
    expect(names('', true)).toEqual(['web', 'cache']);
  });
});
