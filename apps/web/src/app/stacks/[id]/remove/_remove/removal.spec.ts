import { describe, expect, it } from '@jest/globals';
import { isReady, losesData, toRemoveRequest, toggled, wholeStack } from './removal.ts';

const id = '00000000-0000-4000-8000-000000000000';

describe('a removal', () => {
  it('keeps all claims and the namespace unless they are ticked', () => {
    expect(toRemoveRequest(id, wholeStack)).toEqual({ stack_id: id });
    expect(losesData(wholeStack)).toBe(false);
    expect(isReady(wholeStack, 'shop')).toBe(true);
  });

  it('names each claim that goes, and asks for the project’s name first', () => {
    const removal = { ...wholeStack, claims: new Set(['shop-data']) };
    expect(toRemoveRequest(id, removal)).toEqual({ stack_id: id, delete_claims: ['shop-data'] });
    expect(isReady(removal, 'shop')).toBe(false);
    expect(isReady({ ...removal, typed: 'sho' }, 'shop')).toBe(false);
    expect(isReady({ ...removal, typed: 'shop' }, 'shop')).toBe(true);
  });

  it('asks for the name for a namespace too, which goes only with the whole', () => {
    const removal = { ...wholeStack, withNamespace: true };
    expect(isReady(removal, 'shop')).toBe(false);
    expect(toRemoveRequest(id, removal)).toMatchObject({ delete_namespace: true });
    expect(toRemoveRequest(id, { ...removal, services: new Set(['web']) })).toEqual({
      stack_id: id,
      services: ['web'],
    });
  });

  it('needs a service when it is not the whole', () => {
    expect(isReady({ ...wholeStack, services: new Set() }, 'shop')).toBe(false);
  });
});

describe('toggled', () => {
  it('adds and takes away', () => {
    expect([...toggled(new Set(['a']), 'b', true)]).toEqual(['a', 'b']);
    expect([...toggled(new Set(['a', 'b']), 'a', false)]).toEqual(['b']);
  });
});
