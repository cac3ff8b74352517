import { describe, expect, it } from '@jest/globals';
import type { NotificationRuleData } from '@ushadow/contracts';
import { namesOf } from './event-words.ts';

describe('what a rule is about', () => {
  const names = namesOf(
    [{ cluster_id: '1'.repeat(16), name: 'production' }],
    [{ stack_id: 's', project: 'shop', namespace: 'ushadow' }],
  );

  const cases: readonly [what: string, scope: Pick<NotificationRuleData, 'cluster_id' | 'stack_id'>, words: string][] =
    [
      ['everything', {}, ''],
      ['a cluster', { cluster_id: '1'.repeat(16) }, ' (only in production)'],
      ['a stack', { stack_id: 's' }, ' (only stack shop in ushadow)'],
      ['a stack that is gone', { stack_id: 'gone' }, ' (only stack gone)'],
    ];

  it.each(cases)('is said of %s', (_what, scope, words) => {
    expect(names.about({ events: ['stack.drifted'], ...scope })).toBe(words);
  });
});
