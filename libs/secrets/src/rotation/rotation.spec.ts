import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { envelopeKeyId, openEnvelope, sealEnvelope, type Binding } from '../envelope.ts';
import { KeyRing } from '../key-ring.ts';
import type { EnvelopeStore, KeyCheckStore, StoredEnvelope } from './envelope-store.ts';
import { rotateKeys, type RotationProgress } from './rotate-keys.ts';
import { runRotation } from './run-rotation.ts';
import { verifyKeyRing } from './verify-key-ring.ts';

const a = { id: 'a', bytes: randomBytes(32) };
const b = { id: 'b', bytes: randomBytes(32) };
const bindingOf = (id: string): Binding => ({ recordId: id, purpose: 'test', version: 2 });

/** A table in memory; `beforeReplace` may stop the work or change a row, as other processes do. */
class Table implements EnvelopeStore {
  readonly name = 'rows';
  readonly rows = new Map<string, string>();
  beforeReplace: (id: string) => void = () => undefined;

  async keysInUse() {
    const ids = [...this.rows.values()].map(envelopeKeyId);
    return [...new Set(ids)].map((keyId) => ({ keyId, count: ids.filter((id) => id === keyId).length }));
  }

  async wrappedBy(keyId: string, after: string | undefined, limit: number): Promise<StoredEnvelope[]> {
    return [...this.rows]
      .filter(([id, envelope]) => envelopeKeyId(envelope) === keyId && (after === undefined || id > after))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .slice(0, limit)
      .map(([id, envelope]) => ({ id, binding: bindingOf(id), envelope }));
  }

  async replace({ id, envelope }: StoredEnvelope, moved: string): Promise<boolean> {
    this.beforeReplace(id);
    if (this.rows.get(id) !== envelope) return false;
    this.rows.set(id, moved);
    return true;
  }
}

class Constants implements KeyCheckStore {
  readonly kept = new Map<string, string>();
  find = async (keyId: string) => this.kept.get(keyId);
  remove = async (keyId: string) => void this.kept.delete(keyId);
  async add(keyId: string, sealed: string): Promise<string> {
    if (!this.kept.has(keyId)) this.kept.set(keyId, sealed);
    return this.kept.get(keyId) ?? '';
  }
}

describe('rotation of the key ring', () => {
  const ring = new KeyRing([b, a]);
  let table: Table;
  let checks: Constants;
  const data = () => ({ stores: [table], checks });
  const readable = (keys: KeyRing) =>
    [...table.rows].every(([id, envelope]) => openEnvelope(keys, bindingOf(id), envelope).toString() === `text ${id}`);

  beforeEach(() => {
    table = new Table();
    checks = new Constants();
    for (let index = 100; index < 230; index += 1) {
      const id = String(index);
      table.rows.set(id, sealEnvelope(new KeyRing([a]), bindingOf(id), `text ${id}`));
    }
  });

  it('moves every row to the first key, counts per key, and lets the old one go', async () => {
    await verifyKeyRing(new KeyRing([a]), data());
    const reported: RotationProgress[] = [];
    const report = await rotateKeys(ring, data(), (progress) => reported.push(progress));
    expect(report).toEqual({
      stores: [{ store: 'rows', rewrapped: 130, overtaken: 0, unreadable: [], keys: [{ keyId: 'b', count: 130 }] }],
      retired: ['a'],
    });
    expect(reported.map(({ done }) => done)).toEqual([50, 100, 130]);
    expect(readable(new KeyRing([b]))).toBe(true);
    expect(checks.kept.has('a')).toBe(false);
  });

  it('stopped anywhere leaves every row readable, and goes on when run again', async () => {
    for (const stopAt of ['100', '149', '150', '229']) {
      table.beforeReplace = (id) => {
        if (id === stopAt) throw new Error('killed');
      };
      await expect(rotateKeys(ring, data())).rejects.toThrow('killed');
      expect(readable(ring)).toBe(true);
    }
    table.beforeReplace = () => undefined;
    expect((await rotateKeys(ring, data())).stores[0]).toMatchObject({ rewrapped: 1, keys: [{ keyId: 'b' }] });
    expect(readable(new KeyRing([b]))).toBe(true);
  });

  it('never overwrites what somebody else has written meanwhile, and says that it is not done', async () => {
    const newer = sealEnvelope(new KeyRing([a]), bindingOf('120'), 'text 120');
    table.beforeReplace = (id) => void (id === '120' && table.rows.set(id, newer));
    const lines: string[] = [];
    expect(await runRotation(ring, data(), (line) => lines.push(line))).toBe('not-done');
    expect(table.rows.get('120')).toBe(newer);
    expect(lines).toContain('rows: 1 still under key a; run it again when every process has the new key in front');
    table.beforeReplace = () => undefined;
    expect(await runRotation(ring, data(), () => undefined)).toBe('done');
  });

  it('leaves a damaged row as it is, names it, and does the others', async () => {
    const damaged = (table.rows.get('105') ?? '').replace(/.{4}$/, 'AAAA');
    table.rows.set('105', damaged);
    const lines: string[] = [];
    expect(await runRotation(ring, data(), (line) => lines.push(line))).toBe('not-done');
    expect(lines).toContain('rows: no key opens 105; enter them again');
    expect(table.rows.get('105')).toBe(damaged);
    expect(lines.join()).not.toContain('nothing here needs key a');
    expect(lines).toContain('rows: 129 wrapped now, 129 under key b');
  });

  it('does not begin with a ring that lacks a key, or has other bytes under its id', async () => {
    const before = new Map(table.rows);
    const wrong = new KeyRing([b, { id: 'a', bytes: randomBytes(32) }]);
    for (const [keys, problem] of [
      [new KeyRing([b]), /needs key a, which USHADOW_KEYS does not have/],
      // Data that is older than the constants proves the key by itself.
      [wrong, /key a of USHADOW_KEYS is not the one/],
    ] as const) {
      const lines: string[] = [];
      expect(await runRotation(keys, data(), (line) => lines.push(line))).toBe('ring-does-not-fit');
      expect(lines).toEqual([expect.stringMatching(problem)]);
    }
    expect(table.rows).toEqual(before);
    expect(checks.kept.size).toBe(0);
  });
});

describe('verifyKeyRing', () => {
  const empty = () => ({ stores: [new Table()], checks: new Constants() });

  it('M14: writes a constant under each key in use, and refuses other bytes from then on', async () => {
    const data = empty();
    expect(await verifyKeyRing(new KeyRing([a]), data)).toEqual([]);
    expect(envelopeKeyId(data.checks.kept.get('a') ?? '')).toBe('a');
    const wrong = new KeyRing([{ id: 'a', bytes: randomBytes(32) }]);
    expect(await verifyKeyRing(wrong, data)).toEqual([expect.stringMatching(/give a new key a new id/)]);
  });

  it('refuses the second of two processes that start at once with different keys of one id', async () => {
    const data = empty();
    const rings = [a, { id: 'a', bytes: randomBytes(32) }].map((key) => new KeyRing([key]));
    const problems = await Promise.all(rings.map((keys) => verifyKeyRing(keys, data)));
    expect(problems.flat()).toHaveLength(1);
  });
});
