import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { identifier, joinSql, noSql, sql, type Sql } from './sql.ts';

const parameter = fc.oneof(fc.string(), fc.integer(), fc.constant(null));

/** Statements made of parameters, of each other, and of lists. */
const { statement } = fc.letrec<{ statement: Sql }>((tie) => ({
  statement: fc.oneof(
    { maxDepth: 4 },
    parameter.map((value) => sql`f(${value})`),
    fc.constant(noSql),
    fc.tuple(tie('statement'), parameter).map(([inner, value]) => sql`a ${inner} b ${value} c`),
    fc.array(tie('statement'), { maxLength: 4 }).map((parts) => joinSql(parts)),
  ),
}));

describe('sql', () => {
  it('makes a parameter of whatever it is given, in order', () => {
    expect(sql`SELECT ${1} WHERE x = ${"'; DROP TABLE x"}`.query).toEqual({
      text: 'SELECT $1 WHERE x = $2',
      values: [1, "'; DROP TABLE x"],
    });
  });

  it('numbers parameters without a gap, one for each value, however statements are put together', () => {
    fc.assert(
      fc.property(statement, (made) => {
        const { text, values } = made.query;
        expect([...text.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number))).toEqual(
          values.map((_, index) => index + 1),
        );
      }),
    );
  });

  it('never lets a value into the text', () => {
    fc.assert(
      fc.property(fc.uuid(), statement, (secret, inner) => {
        const { text, values } = sql`x ${inner} y ${secret}`.query;
        expect(text).not.toContain(secret);
        expect(values).toContain(secret);
      }),
    );
  });

  it('quotes names', () => {
    expect(identifier('deployments', 'a"b').query).toEqual({ text: '"deployments"."a""b"', values: [] });
  });

  it('joins parts, and nothing to nothing', () => {
    expect(joinSql([sql`(${1})`, sql`(${2})`, sql`(${3})`]).query).toEqual({
      text: '($1), ($2), ($3)',
      values: [1, 2, 3],
    });
    expect(joinSql([]).query).toEqual({ text: '', values: [] });
  });
});
