import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

describe('name-aliases', () => {
  it('every name of Compose keeps resolving: alias, container name, host name, link', () => {
    const { design } = designProject({
      services: {
        db: { container_name: 'the-db', hostname: 'DB-Host', networks: { default: { aliases: ['database', 'db'] } } },
        web: { links: ['db:store'] },
      },
    });
    expect(design.aliases.map(({ name, services }) => [name, services])).toEqual([
      ['database', ['db']],
      ['db-host', ['db']],
      ['store', ['db']],
      ['the-db', ['db']],
    ]);
  });

  it('a name of several services leads to all of them, the owner first', () => {
    const shared = { default: { aliases: ['x', 'b'] } };
    const { design, codes } = designProject({ services: { a: { networks: shared }, b: { networks: shared } } });
    expect(design.aliases.map(({ name, services }) => [name, services])).toEqual([
      ['b', ['b', 'a']],
      ['x', ['a', 'b']],
    ]);
    expect(codes).toContain('CMP0105 /services/a/networks/default/aliases');
  });

  it('warns of a name DNS cannot have only when something calls it', () => {
    const services = {
      a: { container_name: 'my_a' },
      b: { container_name: 'my_b' },
      c: { environment: { PEER: 'http://my_a:80' } },
    };
    expect(designProject({ services }).codes).toEqual([
      'CMP0103 /services/a/container_name',
      'CMP0108 /services/b/container_name',
    ]);
  });
});
