import { describe, expect, it } from '@jest/globals';
import { policyChanges, policyTexts, readPolicies, refusedText } from './policy-text.ts';

const policies = {
  exec: true,
  port_forward: false,
  namespaces: { prod: { exec: false, port_forward: false }, dev: { port_forward: true } },
};

describe('what may be done in a cluster, as it is typed', () => {
  it('is read as it is shown', () => {
    const texts = policyTexts(policies);
    expect(texts.namespaces).toBe('prod exec=off port-forward=off; dev port-forward=on');
    expect(readPolicies(texts)).toEqual({ ok: true, policies });
  });

  it('is refused where a word is unknown, and where a namespace has none', () => {
    for (const namespaces of ['prod', 'prod shell=off', 'prod exec=no'])
      expect(readPolicies({ exec: true, portForward: true, namespaces })).toMatchObject({ ok: false });
  });

  it('is sent where it differs', () => {
    expect(policyChanges(policies, policies)).toEqual({});
    expect(policyChanges(policies, { ...policies, exec: false, namespaces: {} })).toEqual({
      exec: false,
      namespaces: {},
    });
  });

  it('is worth a word where something is off', () => {
    expect(refusedText({ exec: true, port_forward: true, namespaces: {} })).toBe('');
    expect(refusedText({ exec: false, port_forward: false, namespaces: {} })).toBe('shells and port-forwards are off');
  });
});
