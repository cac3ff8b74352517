import { describe, expect, it } from '@jest/globals';
import type { SealedRecord } from './seal.ts';
import { chainOf, keysOf } from './testing/sealed-chain.ts';
import { trimDetails, TRIMMED } from './trim.ts';
import { verifyTrail, type Witness } from './verify-trail.ts';

const keys = keysOf('k');
const good = chainOf(['a', 'b', 'c', 'd', 'e'], keys);

interface Told {
  /** The newest that the stream was told of as such; none unless given. */
  readonly anchor?: SealedRecord | undefined;
  /** Entries that it was told of and has not forgotten. */
  readonly recorded?: readonly SealedRecord[];
}

/** Verifies these rows beside what the stream holds. */
async function verify(rows: readonly SealedRecord[], { anchor, recorded = [] }: Told = {}, ring = keys) {
  const witness: Witness = {
    anchor: () => Promise.resolve(anchor && { ...anchor, time: '2026-01-01T00:00:00.000Z' }),
    recorded: (sequence) => Promise.resolve(recorded.find((row) => row.sequence === sequence)),
  };
  const sorted = rows.toSorted((one, other) => one.sequence - other.sequence);
  const trail = {
    ...({ service: 'compiler', keys: ring } as const),
    following: (after: number, limit: number) =>
      Promise.resolve(sorted.filter(({ sequence }) => sequence > after).slice(0, limit)),
    at: (sequence: number) => Promise.resolve(sorted.find((row) => row.sequence === sequence)),
  };
  return verifyTrail(trail, witness);
}

const brokenOf = async (rows: readonly SealedRecord[], told?: Told, ring = keys) =>
  (await verify(rows, told, ring)).broken;

describe('a trail by itself', () => {
  it('is intact as it was written, and while it is empty', async () => {
    expect(await verify(good)).toMatchObject({ intact: true, entries: 5, head: { sequence: 5 }, anchor: null });
    expect(await verify([])).toMatchObject({ intact: true, entries: 0, head: null });
  });

  it('names the first entry in which anything was changed', async () => {
    for (const [field, value] of Object.entries({
      record: good[1]?.record.replace('"b"', '"x"'),
      previousSeal: 'f'.repeat(64),
      seal: 'f'.repeat(64),
    })) {
      const changed = good.map((row, index) => (index === 1 ? { ...row, [field]: value } : row));
      expect([field, await brokenOf(changed)]).toEqual([
        field,
        { sequence: 2, reason: 'changed', message: 'Entry 2 of the compiler-service is not what was written.' },
      ]);
    }
  });

  it('cannot be made anew by anybody without the key, entry by entry', async () => {
    const forged = chainOf(['a', 'x', 'c', 'd', 'e'], {
      ...keysOf('other'),
      current: { id: 'k', bytes: Buffer.alloc(32) },
    });
    expect(await brokenOf(forged)).toMatchObject({ sequence: 1, reason: 'changed' });
    expect(await brokenOf([...good.slice(0, 2), ...forged.slice(2)])).toMatchObject({ sequence: 3, reason: 'changed' });
  });

  it('takes no good entry of another trail or from another place', async () => {
    const other = chainOf(['a', 'b', 'c', 'd', 'e'], keys, 'cluster');
    expect(await brokenOf(other)).toMatchObject({ sequence: 1, reason: 'changed' });
    const moved = good.map((row, index) => (index === 3 ? { ...(good[1] ?? row), sequence: 4 } : row));
    expect(await brokenOf(moved)).toMatchObject({ sequence: 4, reason: 'changed' });
    const another = chainOf(['x', 'b', 'c', 'd', 'e'], keys);
    expect(await brokenOf([...good.slice(0, 2), ...another.slice(2)])).toMatchObject({
      sequence: 3,
      reason: 'not-chained',
    });
  });

  it('names an entry that is missing from its midst', async () => {
    expect(await brokenOf(good.filter(({ sequence }) => sequence !== 3))).toEqual({
      sequence: 3,
      reason: 'missing',
      message: 'Entry 3 of the compiler-service is missing.',
    });
  });

  it('needs every key that it was ever sealed with', async () => {
    expect((await verify(good, {}, keysOf('new', 'k'))).intact).toBe(true);
    expect(await brokenOf(good, {}, keysOf('new'))).toMatchObject({
      sequence: 1,
      reason: 'key-missing',
      message: 'Entry 1 of the compiler-service was sealed with key k, which AUDIT_KEYS does not have.',
    });
  });

  it('takes no seal of a former key once another one has followed it', async () => {
    const ring = keysOf('new', 'k');
    const rotated = chainOf(['d', 'e'], ring, 'compiler', good.slice(0, 3));
    expect((await verify(rotated, {}, ring)).intact).toBe(true);
    const forged = chainOf(['f'], keys, 'compiler', rotated);
    expect(await brokenOf(forged, {}, ring)).toEqual({
      sequence: 6,
      reason: 'former-key',
      message:
        'Entry 6 of the compiler-service was sealed with key k after another key had followed that one: only the newest seals.',
    });
  });
});

describe('a trail whose beginning was exported and removed', () => {
  const detailsOf = ({ sequence, seal }: SealedRecord, ...formerKeys: string[]) =>
    trimDetails({ last: { sequence, seal }, formerKeys });
  const third = good[2];
  if (third === undefined) throw new Error('no entry');
  const trimmed = chainOf([], keys, 'compiler', good);
  trimmed.push(...chainOf(['trim'], keys, 'compiler', good, { action: TRIMMED, details: detailsOf(third) }).slice(-1));
  const missing = (first: number, last: number) => ({
    sequence: first,
    reason: 'missing',
    message: `Entries ${String(first)} to ${String(last)} of the compiler-service are missing: no entry says that they were exported.`,
  });

  it('is intact from there, also while they are still being removed', async () => {
    expect(await verify(trimmed.slice(3))).toMatchObject({ intact: true, entries: 3, head: { sequence: 6 } });
    expect(await verify(trimmed.slice(1))).toMatchObject({ intact: true, entries: 5 });
    expect(await verify(trimmed)).toMatchObject({ intact: true, entries: 6 });
    const told = { anchor: trimmed[5], recorded: trimmed };
    expect((await verify(trimmed.slice(3), told)).intact).toBe(true);
    expect((await verify(trimmed.slice(3), { anchor: trimmed[1], recorded: trimmed })).intact).toBe(true);
  });

  it('is intact when it is verified while they go', async () => {
    let rows = trimmed;
    const trail = {
      ...({ service: 'compiler', keys } as const),
      following: (after: number, limit: number) => {
        const read = rows.filter(({ sequence }) => sequence > after).slice(0, limit);
        rows = rows.slice(rows.length > 4 ? 1 : 0);
        return Promise.resolve(read);
      },
      at: (sequence: number) => Promise.resolve(rows.find((row) => row.sequence === sequence)),
    };
    const witness = { anchor: () => Promise.resolve(undefined), recorded: () => Promise.resolve(undefined) };
    expect(await verifyTrail(trail, witness)).toMatchObject({ intact: true, head: { sequence: 6 } });
  });

  it('takes no seal of a key that was former when they went', async () => {
    const ring = keysOf('new', 'k');
    const first = chainOf([], keys, 'compiler', good.slice(0, 3));
    const details = detailsOf(third, 'k');
    const rotated = chainOf(['trim'], ring, 'compiler', first, { action: TRIMMED, details });
    expect((await verify(rotated.slice(3), {}, ring)).intact).toBe(true);
    const forged = chainOf(['f'], keys, 'compiler', rotated).slice(3);
    expect(await brokenOf(forged, {}, ring)).toMatchObject({ sequence: 5, reason: 'former-key' });
  });

  it('misses what no sealed entry says was exported', async () => {
    expect(await brokenOf(good.slice(3))).toEqual(missing(1, 3));
    expect(await brokenOf(trimmed.slice(5))).toEqual(missing(4, 5));
    const last = { sequence: 3, seal: 'f'.repeat(64) };
    const other: Parameters<typeof chainOf>[4] = { action: TRIMMED, details: trimDetails({ last, formerKeys: [] }) };
    const forged = chainOf(['trim'], keys, 'compiler', good, other);
    expect(await brokenOf(forged.slice(3))).toEqual(missing(1, 3));
    expect(await brokenOf(forged.slice(2))).toEqual(missing(1, 2));
    expect(await brokenOf(trimmed.slice(3), {}, keysOf('other'))).toMatchObject({ reason: 'key-missing' });
  });
});

describe('a trail beside what the stream was told of it', () => {
  const whole: Told = { anchor: good[4], recorded: good };

  it('is intact where both are the same, and where the stream has forgotten the oldest', async () => {
    expect(await verify(good, whole)).toMatchObject({ intact: true, anchor: { sequence: 5 } });
    expect((await verify(good, { anchor: good[3], recorded: good.slice(3) })).intact).toBe(true);
  });

  it('misses what was cut off its end, whether the stream was told of an anchor or of entries alone', async () => {
    const missing = { sequence: 4, reason: 'missing' };
    const message = 'Entries 4 to 5 of the compiler-service are missing: the stream was told of them.';
    expect(await brokenOf(good.slice(0, 3), whole)).toEqual({ ...missing, message });
    expect(await brokenOf(good.slice(0, 3), { anchor: good[4] })).toEqual({ ...missing, message });
    expect(await brokenOf(good.slice(0, 3), { recorded: good.slice(3) })).toMatchObject(missing);
    expect(await brokenOf([], whole)).toMatchObject({ sequence: 1, reason: 'missing' });
  });

  it('is not the one that was told of after it was put back and has grown again, with the right key', async () => {
    const regrown = chainOf(['a', 'b', 'x', 'y', 'z', 'more'], keys);
    expect(await brokenOf(regrown, whole)).toEqual({
      sequence: 3,
      reason: 'rewritten',
      message:
        'Entry 3 of the compiler-service is another one than the stream was told of: the trail was put back or rewritten from there.',
    });
    expect(await brokenOf(regrown, { anchor: good[4] })).toMatchObject({ sequence: 5, reason: 'rewritten' });
  });

  it('is not the one that was told of after its end was cut off and grew again before the next anchor', async () => {
    const regrown = chainOf(['a', 'b', 'c', 'd', 'x', 'y'], keys);
    const told = { recorded: [...good, ...regrown.slice(5)] };
    for (const anchor of [good[3], undefined])
      expect(await brokenOf(regrown, { ...told, anchor })).toMatchObject({ sequence: 5, reason: 'rewritten' });
  });
});
