import { describe, expect, it } from '@jest/globals';
import { emptyForm, isWhole, newSigningKey, toRequest } from './channel-form.ts';

describe('the form of a channel', () => {
  it('asks for a webhook with its own key, and for nothing of mail', () => {
    const form = { ...emptyForm, name: ' ops ', url: ' https://example.org/x ', clusterId: '0123456789abcdef' };
    expect(toRequest(form, 'whsec_x')).toEqual({
      ...{ name: 'ops', kind: 'webhook', url: 'https://example.org/x', signing_key: 'whsec_x' },
      rules: [{ events: emptyForm.events, cluster_id: '0123456789abcdef' }],
    });
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
