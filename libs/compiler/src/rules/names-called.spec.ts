import { describe, expect, it } from '@jest/globals';
import { codesOf, compileProject } from '../testing/compile-project.ts';

const called = (web: object, rest = {}) =>
  codesOf(compileProject({ services: { my_db: { expose: ['5432'] }, web } }, rest)).filter((code) =>
    code.startsWith('CMP0451'),
  );

describe('calls by a name that the cluster cannot have', () => {
  it.each([
    [{ environment: { URL: 'postgres://u@my_db:5432/x' } }, '/environment/URL'],
    [{ environment: { PEERS: 'other:1,my_db:5432' } }, '/environment/PEERS'],
    [{ environment: { DB_HOST: 'my_db' } }, '/environment/DB_HOST'],
    [{ command: ['wait', '--host', 'my_db'] }, '/command'],
    [{ command: ['sh', '-c', 'pg_isready -h my_db && serve'] }, '/command'],
  ])('says so at the line of the use: %j', (web, place) => {
    expect(called(web)).toEqual([`CMP0451 /services/web${place}`]);
  });

  it('says so of files that a service mounts', () => {
    const volumes = [{ type: 'bind', source: '/p/nginx.conf', target: '/etc/nginx.conf', read_only: true }];
    const files = { '/p/nginx.conf': 'proxy_pass http://my_db:5432;' };
    expect(called({ volumes }, { files })).toEqual(['CMP0451 /services/web/volumes/0']);
  });

  it.each([
    [{ environment: { DB_NAME: 'my_db', URL: 'postgres://u@db/my_db', TEXT: 'my_db' } }],
    [{ command: ['serve', '--database', 'my_db'] }],
    [{ container_name: 'My_web', environment: { URL: 'http://my-db:5432' } }],
  ])('says nothing where the word is no host: %j', (web) => {
    expect(called(web)).toEqual([]);
  });

  it('says nothing of names in capitals, which resolvers take for the same', () => {
    const services = { DB: { expose: ['1'] }, web: { environment: { URL: 'http://DB:1' } } };
    expect(codesOf(compileProject({ services })).filter((code) => code.startsWith('CMP0451'))).toEqual([]);
  });
});
