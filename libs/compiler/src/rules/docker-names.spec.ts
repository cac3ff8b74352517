import { describe, expect, it } from '@jest/globals';
import { codesOf, compileProject } from '../testing/compile-project.ts';

const codes = (service: object, files = {}) =>
  codesOf(compileProject({ services: { web: service } }, { files })).filter((code) => code.startsWith('CMP0413'));

describe("Docker's own names", () => {
  it('are said wherever they stand', () => {
    const volumes = [{ type: 'bind', source: '/p/site.conf', target: '/site.conf' }];
    const files = { '/p/site.conf': 'resolver 127.0.0.11; proxy_pass http://host.docker.internal:80;' };
    expect(codes({ environment: { R: '127.0.0.11' }, command: ['x', 'resolver 127.0.0.11;'], volumes }, files)).toEqual(
      [
        'CMP0413 /services/web/command',
        'CMP0413 /services/web/environment/R',
        'CMP0413 /services/web/volumes/0',
        'CMP0413 /services/web/volumes/0',
      ],
    );
  });

  it('are nothing where they are parts of others, or have an address', () => {
    expect(codes({ command: ['127.0.0.111', '1.127.0.0.11', 'host.docker.internal.example'] })).toEqual([]);
    const environment = { A: 'host.docker.internal' };
    expect(codes({ environment, extra_hosts: ['host.docker.internal=192.0.2.1'] })).toEqual([]);
    expect(codes({ environment, extra_hosts: ['host.docker.internal=host-gateway'] })).toHaveLength(1);
  });
});
