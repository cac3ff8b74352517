import { describe, expect, it } from '@jest/globals';
import { namesOwnService } from './names-own-service.ts';

const own = new Set(['db', 'cache', 'queue-1']);

describe('namesOwnService', () => {
  it.each([
    'db',
    'DB',
    'db:5432',
    'postgres://u:p@db:5432/x?y=1',
    'postgres://u:p@ss@db/x',
    'postgres://u:p/w@db:5432/x',
    'jdbc:postgresql://db:5432/d',
    'mongodb://a:1,cache:2/x',
    'amqp://a:1,amqp://queue-1:2',
    'user:pw@tcp(db:3306)/x',
    'host=db port=5432 dbname=x',
    'Server=db;Database=x',
    'cache/0',
  ])('%s leads there', (value) => {
    expect(namesOwnService(value, own)).toBe(true);
  });

  it.each(['', 'db.example.com', 'postgres://db@elsewhere/x', 'https://example.com/db', 'database', '5432', 'my db'])(
    '%s does not',
    (value) => {
      expect(namesOwnService(value, own)).toBe(false);
    },
  );
});
