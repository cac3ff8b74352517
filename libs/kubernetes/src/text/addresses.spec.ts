import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressesIn, urlsIn } from './addresses.ts';

const found = (text: string): readonly string[] =>
  addressesIn(text).map(({ host, port }) => (port === undefined ? host : `${host}:${port}`));

describe('addressesIn', () => {
  it.each([
    ['postgres://u:p@db:5432/x?y=other:99', ['db:5432']],
    ['redis://:pw@cache:6379/0', ['cache:6379']],
    ['amqp://guest:guest@queue', ['queue']],
    ['mongodb://u:p@a:27017,b:27018,c/x?replicaSet=rs', ['a:27017', 'b:27018', 'c']],
    ['jdbc:postgresql://db:5432/d', ['db:5432']],
    ['jdbc:sqlserver://db:1433;databaseName=x;password=web:80', ['db:1433']],
    ['jdbc:oracle:thin:@db:1521:sid', ['db:1521']],
    ['PLAINTEXT://kafka:9092,CONTROLLER://kafka:9093', ['kafka:9092', 'kafka:9093']],
    ['kafka-1:9092,kafka-2:9092', ['kafka-1:9092', 'kafka-2:9092']],
    ['user:1234@tcp(db:3306)/x', ['db:3306']],
    ['http://web:8080@host/', ['host']],
    ['http://host/web:8080', ['host']],
    ['https://x/@scope', ['x']],
    ['postgres://u:p/w@db:5432/x', ['db:5432']],
    ['http://[::1]:3000/', ['[::1]:3000']],
    ['Server=db;Port=5432;User Id=a;Password=web:80', ['db:5432']],
    ['host=db port=5432 dbname=x', ['db:5432']],
    ['proxy_pass http://api:3000;', ['api:3000']],
    ['{"url": "http://api:3000", "x": 1}', ['api:3000']],
    ['wait-for-it db:5432 -- run', ['db:5432']],
    ['http://web:99999/', []],
    ['just words', []],
  ])('%s', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it('is the same whatever the user information of a URL is, encoded as it has to be', () => {
    const text = fc.string({ unit: 'grapheme-ascii' });
    const login = fc.tuple(text, text).map((pair) => pair.map((part) => encodeURIComponent(part)).join(':'));
    fc.assert(
      fc.property(login, (info) => {
        expect(found(`postgres://${info}@db:5432/x`)).toEqual(['db:5432']);
        expect(urlsIn(`postgres://${info}@db:5432/x`)[0]?.userInfo).toBe(info);
      }),
    );
  });
});
