import { describe, expect, it } from '@jest/globals';
import { emptyForm, errorsOf, isWhole, newSigningKey, toRequest } from './channel-form.ts';

describe('the form of a channel', () => {
  it('asks for a webhook with its own key, and for nothing of mail', () => {
    const form = { ...emptyForm, name: ' ops ', url: ' https://example.org/x ', about: 'cluster/0123456789abcdef' };
    expect(toRequest(form, 'whsec_x')).toEqual({
      ...{ name: 'ops', kind: 'webhook', url: 'https://example.org/x', signing_key: 'whsec_x' },
      rules: [{ events: emptyForm.events, cluster_id: '0123456789abcdef' }],
    });
  });

  it('asks for what is about one stack', () => {
    expect(toRequest({ ...emptyForm, about: 'stack/some-id' }, '').rules).toEqual([
      { events: emptyForm.events, stack_id: 'some-id' },
    ]);
  });

  it('says what is wrong with what was typed, and nothing of what is still empty', () => {
    expect(errorsOf({ ...emptyForm, kind: 'email' })).toEqual({});
    const typed = { kind: 'email', host: 'https://smtp', port: 'many', from: 'me', to: 'a@b.c, you' } as const;
    const errors = errorsOf({ ...emptyForm, ...typed });
    expect(Object.keys(errors).sort()).toEqual(['smtp.from', 'smtp.host', 'smtp.port', 'smtp.to']);
    expect(errors['smtp.to']).toBe('An address is NAME@HOST.');
  });

  it('asks for mail with its recipients, and for a password only with a user', () => {
    const form = { ...emptyForm, name: 'mail', kind: 'email', host: 'smtp.example.org', from: 'a@b.c' } as const;
    const to = 'x@y.z, u@v.w';
    expect(toRequest({ ...form, to, password: 'kept out' }, '').smtp).toEqual({
      ...{ host: 'smtp.example.org', port: 587, security: 'starttls', from: 'a@b.c', to: ['x@y.z', 'u@v.w'] },
    });
    expect(isWhole(form)).toBe(false);
    expect(isWhole({ ...form, to })).toBe(true);
  });

  it('makes a key that Standard Webhooks takes', () => {
    expect(newSigningKey()).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(newSigningKey()).not.toBe(newSigningKey());
  });
});
