import { describe, expect, it } from '@jest/globals';
import { fromCompose, variable } from './testing/sample-environment.ts';
import { typed } from './typed.ts';

const port = variable('PORT', { candidates: [fromCompose('80')] });

describe('typed', () => {
  it('is an edit when it differs from the value that is set', () => {
    expect(typed(port, undefined, [], '8080')).toEqual({ kind: 'text', text: '8080' });
    expect(typed(port, { value: { kind: 'text', text: '8080' } }, [], '80')).toBeUndefined();
  });

  it('takes a cleared field for the empty text where another value stood', () => {
    expect(typed(port, undefined, [], '')).toEqual({ kind: 'text', text: '' });
  });

  it('takes a cleared field back to not set, or to the secret that is kept', () => {
    const secret = variable('TOKEN', { candidates: [fromCompose(null)] });
    expect(typed(variable('A'), { value: { kind: 'text', text: 'a' } }, [], '')).toBeUndefined();
    expect(typed(secret, { value: { kind: 'text', text: 'a' } }, [], '')).toBeUndefined();
    expect(typed(port, { secret: true, value: { kind: 'text', text: 'a' } }, [], '')).toBeUndefined();
  });
});
