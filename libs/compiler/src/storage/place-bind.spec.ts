import { describe, expect, it } from '@jest/globals';
import { designProject } from '../testing/design-project.ts';

const codesOf = (target: string, more = {}) => {
  const mount = { type: 'bind' as const, source: `/p${target}`, target, ...more };
  const files = { [`/p${target}`]: 'content' };
  return designProject({ services: { app: { volumes: [mount] } } }, { files }).codes;
};

describe('a single file that is mounted', () => {
  it.each(['/acme.json', '/letsencrypt/acme-dns.json', '/app/db.sqlite3', '/data/app.db', '/var/log/app.log'])(
    'is warned of where programs write such a file: %s',
    (target) => expect(codesOf(target)).toEqual(['CMP0452 /services/app/volumes/0']),
  );

  it('is only told to be a copy where it is configuration, and nothing is said where it is only read', () => {
    expect(codesOf('/etc/app.json')).toEqual(['CMP0903 /services/app/volumes/0']);
    expect(codesOf('/acme.json', { read_only: true })).toEqual([]);
  });
});
