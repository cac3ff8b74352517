import { describe, expect, it } from '@jest/globals';
import type { AvailableService } from './filter-services.ts';
import { serviceChips } from './service-chips.ts';

const plain: AvailableService = {
  service_id: 'stack:web',
  service_name: 'web',
  display_name: 'web',
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
};
const texts = (part: Partial<AvailableService>) => serviceChips({ ...plain, ...part }).map(({ text }) => text);

describe('serviceChips', () => {
  it('has none for a service that says nothing of itself', () => {
    expect(texts({})).toEqual([]);
  });

  it('names needs and offers before profiles and tags (U21)', () => {
    expect(
      texts({ tags: ['demo'], provides: 'llm', optional: ['queue'], requires: ['cache', 'db'], profiles: ['gpu'] }),
    ).toEqual(['needs cache', 'needs db', 'can use queue', 'offers llm', 'profile gpu', '#demo']);
  });

  it('says the same only once', () => {
    expect(texts({ tags: ['demo', 'demo'] })).toEqual(['#demo']);
  });
});
