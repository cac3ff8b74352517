import { describe, expect, it } from '@jest/globals';
import { groupServices, type AvailableService } from './filter-services.ts';

const service = (name: string, part: Partial<AvailableService> = {}): AvailableService => ({
  service_id: `stack:${name}`,
  service_name: name,
  display_name: name,
  description: null,
  image: 'nginx',
  requires: [],
  namespace: null,
  file: 'stack.yml',
  project: 'stack',
  profiles: [],
  deployable: true,
  problem: null,
  ...part,
});

const all = [
  service('web', { description: 'Front page' }),
  service('cache', { image: 'redis:7' }),
  service('built', { image: null, deployable: false, problem: 'no image', file: 'other.yml', project: 'other' }),
];
const names = (query: string, deployableOnly = false) =>
  groupServices(all, { query, deployableOnly }).flatMap((group) => group.services.map((entry) => entry.service_name));

describe('groupServices', () => {
  it('groups by Compose file and keeps the order', () => {
    const groups = groupServices(all, { query: '', deployableOnly: false });
    expect(groups.map((group) => [group.project, group.services.length])).toEqual([
      ['stack', 2],
      ['other', 1],
    ]);
  });

  it('finds words in name, description, image and project, in any case', () => {
    expect(names('FRONT')).toEqual(['web']);
    expect(names('redis')).toEqual(['cache']);
    expect(names('stack web')).toEqual(['web']);
    expect(names('nothing')).toEqual([]);
  });

  it('leaves out what cannot be deployed when asked', () => {
    expect(names('', true)).toEqual(['web', 'cache']);
  });
});
