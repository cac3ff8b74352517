import { describe, expect, it } from '@jest/globals';
import { callHome } from './call-home.ts';

const names = new Set(['db', 'db_1', 'my.db']);

describe('callHome', () => {
  it.each([
    ['curl -s http://db:80/x | grep ok', 'curl -s http://localhost:80/x | grep ok'],
    ['curl http://me:pw@DB/', 'curl http://me:pw@localhost/'],
    ['curl "http://db_1"', 'curl "http://localhost"'],
    ['pg_isready -h db -U db -d db', 'pg_isready -h localhost -U db -d db'],
    ['mysqladmin ping --host=db', 'mysqladmin ping --host=localhost'],
    ['check --addr=my.db:99', 'check --addr=localhost:99'],
    ['curl http://dbx:80 http://x.db:80 /db db', 'curl http://dbx:80 http://x.db:80 /db db'],
  ])('%s', (line, expected) => {
    expect(callHome(['/bin/sh', '-c', line], names)).toEqual(['/bin/sh', '-c', expected]);
  });

  it('reads lists', () => {
    expect(callHome(['pg_isready', '-h', 'db', '-U', 'db'], names)).toEqual([
      'pg_isready',
      '-h',
      'localhost',
      '-U',
      'db',
    ]);
  });
});
