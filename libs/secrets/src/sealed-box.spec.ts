import { describe, expect, it } from '@jest/globals';
import { SecretsError } from './crypto-error.ts';
import { generateSealKeys, open, seal } from './sealed-box.ts';

describe('sealed boxes', () => {
  it('opens with the recipient’s keys and gives back the same bytes', () => {
    const keys = generateSealKeys();
    expect(keys.publicKey).toMatch(/^X[A-Z2-7]{55}$/);
    expect(open(seal('connection ключ', keys.publicKey), keys).toString('utf8')).toBe('connection ключ');
    // Opening must not wear the keys out.
    expect(open(seal('again', keys.publicKey), keys).toString('utf8')).toBe('again');
  });

  it('does not open for another service', () => {
    const sealed = seal('connection', generateSealKeys().publicKey);
    expect(() => open(sealed, generateSealKeys())).toThrow(SecretsError);
  });

  it('makes another box each time and shows nothing of the text', () => {
    const { publicKey } = generateSealKeys();
    const [one, two] = [seal('canary-canary', publicKey), seal('canary-canary', publicKey)];
    expect(one).not.toBe(two);
    expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('canary');
  });

  it('refuses every changed byte', () => {
    const keys = generateSealKeys();
    const bytes = Buffer.from(seal('connection', keys.publicKey), 'base64');
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(() => open(changed.toString('base64'), keys)).toThrow(SecretsError);
    }
  });

  it.each(['', 'X', 'UABC', 'x'.repeat(56), `X${'A'.repeat(55)}`])('refuses %j as a recipient', (recipient) => {
    expect(() => seal('connection', recipient)).toThrow('The recipient is not a public curve key (xkey).');
  });

  it.each(['', 'AAAA', 'not base64 at all'])('calls %j no sealed box', (text) => {
    expect(() => open(text, generateSealKeys())).toThrow('Not a sealed box.');
  });
});
