import { describe, expect, it } from '@jest/globals';
import { exportLines, readExport } from './export-trail.ts';
import type { SealedRecord } from './seal.ts';
import { chainOf, keysOf } from './testing/sealed-chain.ts';

const keys = keysOf('k');
const chain = chainOf(['a', 'b', 'c', 'd', 'e'], keys);

async function linesOf(rows: readonly SealedRecord[]): Promise<string[]> {
  const following = (after: number, limit: number) =>
    Promise.resolve(rows.filter(({ sequence }) => sequence > after).slice(0, limit));
  const lines: string[] = [];
  for await (const line of exportLines({ following })) lines.push(line);
  return lines;
}
const read = async (lines: readonly string[], before?: Date, ring = keys) =>
  readExport(
    (async function* () {
      yield* lines;
      await Promise.resolve();
    })(),
    ring,
    before,
  );
const placeOf = ({ sequence, seal }: SealedRecord) => ({ sequence, seal });

describe('an export of a trail', () => {
  it('verifies from its lines and the keys alone, with the head that the trail has', async () => {
    const [last] = chain.slice(-1);
    if (last === undefined) throw new Error('no entry');
    expect(await read(await linesOf(chain))).toMatchObject({
      service: 'compiler',
      from: { sequence: 0, seal: '0'.repeat(64) },
      head: placeOf(last),
      old: { sequence: 0, seal: '0'.repeat(64) },
      broken: undefined,
    });
  });

  it('goes on where the export before it ends, and says what it follows where that is not there', async () => {
    const [one, two] = [await linesOf(chain.slice(0, 3)), await linesOf(chain.slice(3))];
    expect(await read([...one, ...two])).toMatchObject({ head: { sequence: 5 }, broken: undefined });
    const [third] = chain.slice(2);
    expect(await read(two)).toMatchObject({ from: third && placeOf(third), head: { sequence: 5 }, broken: undefined });
    expect((await read([...two, ...one]))?.broken).toMatchObject({ sequence: 6, reason: 'missing' });
  });

  it('may begin before the one before it ends, where both say the same', async () => {
    const [one, two] = [await linesOf(chain.slice(0, 4)), await linesOf(chain.slice(1))];
    expect(await read([...one, ...two])).toMatchObject({ head: { sequence: 5 }, broken: undefined });
    const other = await linesOf(chainOf(['a', 'b', 'x', 'y', 'z'], keys).slice(2));
    expect((await read([...one, ...other]))?.broken).toMatchObject({ sequence: 3, reason: 'rewritten' });
    const changed = two.with(0, (two[0] ?? '').replace('"target":"b"', '"target":"x"'));
    expect((await read([...one, ...changed]))?.broken).toMatchObject({ sequence: 2, reason: 'rewritten' });
  });

  it('knows which keys are former once its entries are gone', async () => {
    const ring = keysOf('new', 'k');
    const rotated = chainOf(['f'], ring, 'compiler', chain);
    expect((await read(await linesOf(rotated), undefined, ring))?.formerKeys('new')).toEqual(['k']);
    expect((await read(await linesOf(rotated), undefined, ring))?.formerKeys('newer')).toEqual(['k', 'new']);
  });

  it('names the first entry that was changed or is missing, and the line that is no entry', async () => {
    const lines = await linesOf(chain);
    const changed = lines.with(2, (lines[2] ?? '').replace('"target":"c"', '"target":"x"'));
    expect(await read(changed)).toMatchObject({ head: { sequence: 2 }, broken: { sequence: 3, reason: 'changed' } });
    expect((await read(lines.toSpliced(1, 1)))?.broken).toMatchObject({ sequence: 2, reason: 'missing' });
    expect((await read(lines, undefined, keysOf('other')))?.broken).toMatchObject({ reason: 'key-missing' });
    await expect(read(lines.with(3, '{"cut'))).rejects.toThrow('line 4 is no entry of an audit');
    expect(await read([])).toBeUndefined();
  });

  it('is old as far as all of it was made before', async () => {
    const lines = await linesOf(chain);
    expect((await read(lines, new Date('2026-01-02')))?.old.sequence).toBe(5);
    expect((await read(lines, new Date('2025-01-02')))?.old.sequence).toBe(0);
  });
});
