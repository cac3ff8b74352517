import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { randomBytes } from 'node:crypto';
import { parseKeyRing } from './key-ring.ts';

const key = () => randomBytes(32).toString('base64');

describe('parseKeyRing', () => {
  it('takes the first key as current and keeps the others for reading', () => {
    const { ring } = parseKeyRing(`new:${key()}, old:${key()}`);
    expect(ring?.current.id).toBe('new');
    expect(ring?.ids).toEqual(['new', 'old']);
    expect(ring?.get('old')?.bytes).toHaveLength(32);
  });

  it('refuses an empty text instead of falling back to a constant (M14)', () => {
    expect(parseKeyRing('  ').problems[0]).toMatch(/no key given/);
    expect(parseKeyRing('').ring).toBeUndefined();
  });

  it('gives every problem at once and repeats no key', () => {
    const short = randomBytes(16).toString('base64');
    const { ring, problems } = parseKeyRing(`a:${short},nocolon,b b:${key()},c:%%%,d:${key()},d:${key()}`);
    expect(ring).toBeUndefined();
    expect(problems).toEqual([
      'key 1: has 16 bytes, needs 32',
      'key 2 has no id; expected id:base64key',
      expect.stringMatching(/^key 3: its id must match/),
      'key 4: not base64',
      'two keys have the id d',
    ]);
    expect(problems.join()).not.toContain(short);
  });

  it('shows no key when it is logged or serialised (R99)', () => {
    const secret = key();
    const { ring } = parseKeyRing(`a:${secret}`);
    expect(JSON.stringify(ring)).toBe('{"current":"a","ids":["a"]}');
    expect(inspect(ring?.toJSON())).not.toContain(secret.slice(0, 10));
  });
});
