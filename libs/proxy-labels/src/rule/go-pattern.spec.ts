import { describe, expect, it } from '@jest/globals';
import { goPattern } from './go-pattern.ts';

describe('goPattern', () => {
  it.each([
    ['^/a.b$', '/axb', '/axbc'],
    ['(?i)^abc$', 'ABC', 'abd'],
    ['(?P<name>a+)b', 'aab', 'b'],
    ['(?<name>a)(?<name>b)', 'ab', 'a'],
    ['\\Aa\\z', 'a', 'ab'],
    ['\\Qa.b\\Ec', 'a.bc', 'axbc'],
    ['\\Qa.b', 'a.b', 'axb'],
    ['[[:alpha:]]+\\d', 'a1', '11'],
    ['^[^[:space:]]+$', 'a', 'a b'],
    ['^[]a]+$', ']a', 'b'],
    ['^[[a]+$', '[a', 'b'],
    ['^\\pL+$', 'é', '1'],
    ['^a{2,3}$', 'aa', 'a'],
    ['^a{x}$', 'a{x}', 'a'],
    ['^a{,2}$', 'a{,2}', 'aa'],
    ['^a\\-b\\_c\\/$', 'a-b_c/', 'ab'],
    ['^\\x{1F600}$', '😀', 'a'],
    ['^[a\\-z]$', '-', 'b'],
    ['a]b}', 'a]b}', 'ab'],
    ['^a*?b+?$', 'ab', 'a'],
  ])('reads %s', (pattern, fitting, other) => {
    const expression = goPattern(pattern);
    expect(expression).toBeInstanceOf(RegExp);
    expect((expression as RegExp).test(fitting)).toBe(true);
    expect((expression as RegExp).test(other)).toBe(false);
  });

  it.each([
    ['a(?=b)', 'the pattern looks ahead or behind, which Go cannot'],
    ['(?<!a)b', 'the pattern looks ahead or behind, which Go cannot'],
    ['a(?i)b', 'the pattern has flags in its middle, which cannot be read'],
    ['(?i:a)b', 'the pattern has flags in its middle, which cannot be read'],
    ['(a)\\1', 'the pattern has the escape \\1, which cannot be read'],
    ['a\\', 'the pattern has the escape \\, which cannot be read'],
    ['[[:foo:]]', 'the pattern has a class [:foo:], which cannot be read'],
    ['[a', 'the pattern does not close a ['],
    ['a)', 'the pattern closes a bracket that is not open'],
    ['(a', 'the pattern is not valid'],
    ['*a', 'the pattern is not valid'],
    ['a**', 'the pattern is not valid'],
    ['[z-a]', 'the pattern is not valid'],
    ['a{1001}', 'the pattern repeats more than 1000 times'],
    ['((a{10}){10}){11}', 'the pattern repeats more than 1000 times'],
  ])('refuses %s', (pattern, problem) => {
    expect(goPattern(pattern)).toBe(problem);
  });

  it('takes repetitions beside each other, which Go counts apart', () => {
    expect(goPattern('[a-z]{64}[a-z]{64}')).toBeInstanceOf(RegExp);
    expect(goPattern('(a{10}b{10}){100}')).toBeInstanceOf(RegExp);
  });
});
