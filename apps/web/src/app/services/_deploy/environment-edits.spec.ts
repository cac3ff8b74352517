import { describe, expect, it } from '@jest/globals';
import { noEdits, withMark, without, withValue } from './environment-edits.ts';

const text = (value: string) => ({ kind: 'text', text: value }) as const;

describe('edits of an environment', () => {
  it('keep value and mark of a variable apart', () => {
    const edits = withMark(withValue(noEdits, 'A', text('x')), 'A', true);
    expect([...edits]).toEqual([['A', { value: text('x'), secret: true }]]);
    expect([...withValue(edits, 'A', undefined)]).toEqual([['A', { secret: true }]]);
    expect([...withMark(edits, 'A', undefined)]).toEqual([['A', { value: text('x') }]]);
  });

  it('hold nothing of a variable whose edits are all taken back', () => {
    expect(withValue(withValue(noEdits, 'A', text('')), 'A', undefined).size).toBe(0);
  });

  it('leave every other variable as the same object, so that its row need not be rendered again', () => {
    const edits = withValue(noEdits, 'A', text('x'));
    expect(withValue(edits, 'B', text('y')).get('A')).toBe(edits.get('A'));
  });

  it('take names that every object inherits', () => {
    expect(noEdits.get('constructor')).toBeUndefined();
    expect(withValue(noEdits, '__proto__', text('x')).get('__proto__')).toEqual({ value: text('x') });
  });

  it('made while the others were being sent stay', () => {
    const sent = withValue(withValue(noEdits, 'A', text('x')), 'B', text('y'));
    const later = withValue(sent, 'B', text('yy'));
    expect([...without(later, sent)]).toEqual([['B', { value: text('yy') }]]);
  });
});
