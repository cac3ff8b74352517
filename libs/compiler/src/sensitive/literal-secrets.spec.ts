import { describe, expect, it } from '@jest/globals';
import { literalSecrets } from './literal-secrets.ts';

describe('literalSecrets', () => {
  it.each<[readonly string[], string]>([
    [['app', '--password', 'hunter2'], '--password'],
    [['app', '--db.password=hunter2'], '--db.password'],
    [['app', '-token=abc'], '-token'],
    [['redis-server', '--requirepass', 'hunter2'], '--requirepass'],
    [['sh', '-c', 'PGPASSWORD=hunter2 psql -c x'], 'PGPASSWORD'],
    [['serve', 'postgres://user:hunter2@db/x'], 'the password of a URL'],
    [['sh', '-c', 'exec serve --url redis://:hunter2@cache'], 'the password of a URL'],
    [['/bin/sh', '-c', 'mysqladmin ping -h localhost -phunter2 || exit 1'], 'mysqladmin -p'],
    [['redis-cli', '-a', 'hunter2', 'ping'], 'redis-cli -a'],
    [['curl', '-f', '-u', 'elastic:hunter2', 'http://localhost:9200'], 'curl -u'],
    [['curl', '-H', 'Authorization: Bearer hunter2', 'http://x'], 'an Authorization header'],
    [['admin:$apr1$abcdefgh$0123456789'], 'a key, a token or the hash of a password'],
  ])('finds what is secret by where it stands: %j', (words, what) => {
    expect(literalSecrets(words)).toEqual([what]);
    expect(literalSecrets(words).join()).not.toContain('hunter2');
  });

  it.each<[readonly string[]]>([
    [['app', '--password', '$PASSWORD']],
    [['app', '--password=${PASSWORD}']],
    [['app', '--password-file', '/run/secrets/password']],
    [['app', '--password-file=/run/secrets/password']],
    [['app', '--password', '\u{100000}']],
    [['app', '--password=']],
    [['app', '--password', '--verbose']],
    [['app', '--max-tokens=100', '--token-ttl=1h', '--sort-key=name', '--no-password']],
    [['sh', '-c', 'mysqladmin ping -p$$MYSQL_ROOT_PASSWORD']],
    [['sh', '-c', 'mysql -P 3306 -u root -p"$MYSQL_ROOT_PASSWORD"']],
    [['mkdir', '-p', '/data']],
    [['curl', '-u', 'elastic:$ELASTIC_PASSWORD', 'http://localhost']],
    [['curl', '-H', 'Authorization: Bearer $TOKEN', 'http://x']],
    [['serve', 'postgres://user:$DB_PASSWORD@db/x', 'ssh://git@host/repo', 'http://<user>:<password>@host']],
    [['Host(`example.org`) && PathPrefix(`/token`)']],
  ])('says nothing of variables, places, switches and what is to be filled in: %j', (words) => {
    expect(literalSecrets(words)).toEqual([]);
  });
});
