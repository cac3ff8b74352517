import { describe, expect, it } from '@jest/globals';
import type { Condition } from '../condition.ts';
import { alternativesOf } from './alternatives.ts';
import { readRule } from './read-rule.ts';

function count(rule: string): number | undefined {
  return alternativesOf(readRule(rule, 'v3') as Condition)?.length;
}

const hosts = (n: number): string => Array.from({ length: n }, (_, at) => `Host(\`h${at}.org\`)`).join(' || ');

describe('alternativesOf', () => {
  it('says negated matchers apart', () => {
    const condition = readRule('Host(`a.org`) && !(Path(`/a`) || Path(`/b`))', 'v3') as Condition;
    expect(alternativesOf(condition)).toEqual([
      {
        all: [{ kind: 'host', value: 'a.org' }],
        none: [
          { kind: 'path', value: '/a' },
          { kind: 'path', value: '/b' },
        ],
      },
    ]);
  });

  it('is bounded by the number of alternatives', () => {
    expect(count(hosts(256))).toBe(256);
    expect(count(hosts(257))).toBeUndefined();
    expect(count(`(${hosts(16)}) && (${hosts(16)})`)).toBe(256);
    expect(count(`(${hosts(16)}) && (${hosts(17)})`)).toBeUndefined();
    expect(count(Array.from({ length: 40 }, () => '(Path(`/a`) || Path(`/b`))').join(' && '))).toBeUndefined();
  });

  it('is bounded by what all of them hold', () => {
    const many = Array.from({ length: 100 }, (_, at) => `Path(\`/${at}\`)`).join(' && ');
    expect(count(`(${hosts(100)}) && ${many}`)).toBeUndefined();
  });
});
