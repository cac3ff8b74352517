import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const conf = { type: 'bind' as const, source: '/p/site.conf', target: '/etc/nginx/site.conf', read_only: true };
const files = {
  '/p/site.conf':
    'resolver 127.0.0.11 valid=10s;\nproxy_pass http://my_api:8080; # see host.docker.internal.\nserver api:9000;',
};

describe('names in mounted files', () => {
  it('are called, on the ports that stand there', () => {
    const { of, codes } = designProject(
      { services: { api: { container_name: 'my_api', expose: ['80'] }, web: { volumes: [conf] } } },
      { files },
    );
    expect(of('api').ports.map(({ port }) => port)).toEqual([80, 8080, 9000]);
    expect(codes).toContain('CMP0103 /services/api/container_name');
  });

  it('of configs and secrets count as well', () => {
    const { codes } = designProject({
      services: { api: { container_name: 'my_api' }, web: { configs: [{ source: 'c' }] } },
      configs: { c: { name: 'c', content: 'upstream my_api;' } },
    });
    expect(codes).toEqual(['CMP0103 /services/api/container_name']);
  });
});
