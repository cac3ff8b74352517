import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretsError } from './crypto-error.ts';
import { envelopeKeyId, openEnvelope, rewrapEnvelope, sealEnvelope } from './envelope.ts';
import { KeyRing } from './key-ring.ts';

const a = { id: 'a', bytes: randomBytes(32) };
const b = { id: 'b', bytes: randomBytes(32) };
const binding = { recordId: '0011223344556677', purpose: 'connection', version: 3 };
const reasonOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof SecretsError) return error.reason;
    throw error;
  }
  return 'no error';
};

describe('envelope', () => {
  it('gives back exactly what was sealed, text or bytes, empty included', () => {
    const ring = new KeyRing([a]);
    for (const plain of [Buffer.from('kubeconfig ключ'), Buffer.alloc(0), randomBytes(100_000)]) {
      expect(openEnvelope(ring, binding, sealEnvelope(ring, binding, plain)).equals(plain)).toBe(true);
    }
  });

  it('holds no readable plaintext and differs each time (R88)', () => {
    const ring = new KeyRing([a]);
    const first = sealEnvelope(ring, binding, 'canary-plaintext');
    expect(first).not.toContain(Buffer.from('canary-plaintext').toString('base64url'));
    expect(first).not.toBe(sealEnvelope(ring, binding, 'canary-plaintext'));
  });

  it.each([
    ['another record', { ...binding, recordId: '0011223344556678' }],
    ['another purpose', { ...binding, purpose: 'pull-secret' }],
    ['another version', { ...binding, version: 4 }],
    ['parts shifted between fields', { ...binding, recordId: '0011223344556677","connection', purpose: '' }],
  ])('does not open when moved to %s', (_case, other) => {
    const ring = new KeyRing([a]);
    const sealed = sealEnvelope(ring, binding, 'secret');
    expect(reasonOf(() => openEnvelope(ring, other, sealed))).toBe('tampered');
  });

  it('refuses every single changed character', () => {
    const ring = new KeyRing([a]);
    const sealed = sealEnvelope(ring, binding, 'secret');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = sealed.slice(0, index) + (sealed[index] === 'A' ? 'B' : 'A') + sealed.slice(index + 1);
      expect(['tampered', 'malformed', 'key-unknown']).toContain(reasonOf(() => openEnvelope(ring, binding, changed)));
    }
  });

  it('refuses a payload under another record’s data key', () => {
    const ring = new KeyRing([a]);
    const [one, two] = [sealEnvelope(ring, binding, 'one'), sealEnvelope(ring, binding, 'two')];
    const mixed = [...one.split('.').slice(0, 3), two.split('.')[3]].join('.');
    expect(reasonOf(() => openEnvelope(ring, binding, mixed))).toBe('tampered');
  });

  it.each(['', 'e1', 'e1.a.b', 'e2.a.AAAA.AAAA', 'e1.a.AAAA.AAAA.AAAA', 'e1.a.AA.AA', 'e1.a.!!!!.AAAA'])(
    'calls %j malformed',
    (text) => {
      expect(reasonOf(() => openEnvelope(new KeyRing([a]), binding, text))).toBe('malformed');
    },
  );

  it('names the key that is missing, and only its id', () => {
    const sealed = sealEnvelope(new KeyRing([a]), binding, 'secret');
    expect(reasonOf(() => openEnvelope(new KeyRing([b]), binding, sealed))).toBe('key-unknown');
    expect(() => openEnvelope(new KeyRing([b]), binding, sealed)).toThrow('Written with key a; the key ring has b.');
  });

  it('refuses a key of the right id with other bytes', () => {
    const sealed = sealEnvelope(new KeyRing([a]), binding, 'secret');
    const wrong = new KeyRing([{ id: 'a', bytes: randomBytes(32) }]);
    expect(reasonOf(() => openEnvelope(wrong, binding, sealed))).toBe('tampered');
  });
});

describe('rewrapEnvelope', () => {
  it('moves a record to the current key, leaves its payload, and lets the old key go', () => {
    const old = sealEnvelope(new KeyRing([a]), binding, 'secret');
    const moved = rewrapEnvelope(new KeyRing([b, a]), binding, old);
    expect([envelopeKeyId(old), envelopeKeyId(moved)]).toEqual(['a', 'b']);
    expect(moved.split('.')[3]).toBe(old.split('.')[3]);
    expect(openEnvelope(new KeyRing([b]), binding, moved).toString()).toBe('secret');
  });

  it('refuses to move a record that does not open, instead of destroying it', () => {
    const old = sealEnvelope(new KeyRing([a]), binding, 'secret');
    const damaged = old.slice(0, -2) + (old.endsWith('AA') ? 'BB' : 'AA');
    expect(reasonOf(() => rewrapEnvelope(new KeyRing([b, a]), binding, damaged))).toMatch(/tampered|malformed/);
    expect(reasonOf(() => rewrapEnvelope(new KeyRing([b, a]), { ...binding, version: 9 }, old))).toBe('tampered');
  });
});
