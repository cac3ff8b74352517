import { describe, expect, it } from '@jest/globals';
import { describeCase } from './run-bench.ts';

describe('a bench case', () => {
  it('says in its first comment what it measures, and which servers it needs', () => {
    const text = '/** Deploys against kubectl. */\nexport const needs = [\'cluster\', "nats"];\n';
    expect(describeCase('deploy', text)).toEqual({
      name: 'deploy',
      summary: 'Deploys against kubectl.',
      needs: ['cluster', 'nats'],
    });
  });

  it('may need nothing', () => {
    expect(describeCase('compile', '// Compiles 500 services\n').needs).toEqual([]);
  });

  it('cannot ask for a server nobody starts', () => {
    expect(() => describeCase('x', "export const needs = ['redis'];")).toThrow('redis');
  });
});
