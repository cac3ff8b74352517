import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanText, withoutColours } from './clean-text.ts';
import { LineMerger } from './line-merger.ts';
import { LineSplitter } from './line-splitter.ts';
import { normalTime, packTime, readTime, sinceTime, unpackTime } from './log-time.ts';
import { textMatcher } from './match-text.ts';
import {
  advanced,
  NOTHING_HAD,
  positionKey,
  Positions,
  Repeated,
  unpackPositions,
  type Position,
} from './positions.ts';
import { LineReader } from './read-line.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const times = fc
  .date({ min: new Date('1990-01-01T00:00:00Z'), max: new Date('2090-01-01T00:00:00Z'), noInvalidDate: true })
  .chain((date) =>
    fc
      .integer({ min: 0, max: 999_999_999 })
      .map((nanos) => `${date.toISOString().slice(0, 19)}.${String(nanos).padStart(9, '0')}Z`),
  );

function cutUp(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  return [0, ...at].map((from, index) => bytes.subarray(from, at[index] ?? bytes.length));
}

describe('lines', () => {
  it('are those of the text, wherever its chunks are cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat(), { maxLength: 20 }), (lines, cuts) => {
        const wanted = lines.map((line) => line.replaceAll('\n', ' '));
        const splitter = new LineSplitter();
        const found = cutUp(utf8(wanted.map((line) => `${line}\n`).join('')), cuts).flatMap((chunk) =>
          splitter.push(chunk),
        );
        expect(found.map(({ bytes }) => textOf(bytes))).toEqual(wanted);
        expect(splitter.end()).toBeUndefined();
      }),
    );
  });

  it('are cut at their limit, hold no more than that, and say how much is left out', () => {
    const splitter = new LineSplitter(10);
    const found = ['01234', '56789ab', 'cd\nnext', '\nrest'].flatMap((chunk) => splitter.push(utf8(chunk)));
    expect(found.map(({ bytes, cut }) => [textOf(bytes), cut])).toEqual([
      ['0123456789', 4],
      ['next', 0],
    ]);
    expect(textOf(splitter.end()?.bytes ?? utf8(''))).toBe('rest');
  });
});

describe('what is shown of a line', () => {
  it.each([
    ['plain, with ünïcode\tand tabs', 'plain, with ünïcode\tand tabs'],
    ['windows\r', 'windows'],
    ['10%\r20%\r', '10%␍20%'],
    ['\u001b[31mred\u001b[0m', '\u001b[31mred\u001b[0m'],
    ['\u001b[2Jcleared\u001b[1;1H', 'cleared'],
    ['\u001b]0;title\u0007text\u001b]52;c;aGk=\u001b\\', 'text'],
    ['a\u0000b\u0008c\u009bd', 'a�b�c�d'],
    ['\u001b(Bcharset, \u001bcreset, \u001b[end\u001b', 'charset, reset, nd'],
  ])('%j is %j', (written, shown) => {
    expect(cleanText(utf8(written))).toBe(shown);
  });

  it('holds nothing that a terminal obeys beside colours, whatever was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const text = cleanText(bytes.filter((byte) => byte !== 0x0a));
        for (const character of withoutColours(text)) {
          const code = character.codePointAt(0) ?? 0;
          expect(code >= 0x20 || code === 0x09).toBe(true);
          expect(code < 0x7f || code >= 0xa0).toBe(true);
        }
      }),
    );
  });

  it('is masked wherever the secret stands, and shows no first part of one where the line is cut', () => {
    const masker = { mask: (text: string) => text.replaceAll('hunter2!', '***'), longest: 8 };
    const reader = new LineReader(() => masker);
    const show = (text: string, cut = 0) => reader.show('', utf8(text), cut);
    expect(show('it is hunter2!, yes')).toEqual({ time: '', text: 'it is ***, yes', cut: 0 });
    const { text, cut } = show('a long line with hunter2', 100);
    expect(text).toBe('a long line with');
    expect(cut).toBe(108);
  });

  it('is masked where a colour stands within the secret, which costs the line its colours', () => {
    const reader = new LineReader(() => ({ mask: (text) => text.replaceAll('hunter2!', '***'), longest: 8 }));
    const show = (text: string): string => reader.show('', utf8(text), 0).text;
    expect(show('\u001b[32mit\u001b[0m is hun\u001b[31mter\u001b[0m2!')).toBe('it is ***');
    expect(show('\u001b[32mit\u001b[0m is hunter2!')).toBe('\u001b[32mit\u001b[0m is ***');
  });

  it('is what a search looks in: whatever the case, without colours, after masking', () => {
    const matches = textMatcher('Out Of Memory');
    expect(matches('java: OUT \u001b[31mof memory')).toBe(true);
    expect(matches('fine')).toBe(false);
    expect(textMatcher(undefined)('anything')).toBe(true);
  });
});

describe('the time of a line', () => {
  it.each([
    ['2026-01-02T03:04:05.123456789Z text', '2026-01-02T03:04:05.123456789Z', 'text'],
    ['2026-01-02T03:04:05.5+02:00 text', '2026-01-02T01:04:05.500000000Z', 'text'],
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000000000Z', ''],
  ])('of %j', (line, time, text) => {
    const found = readTime(utf8(line));
    expect(found?.time).toBe(time);
    expect(line.slice(found?.length)).toBe(text);
  });

  it('is that of the line before where a line has none', () => {
    const reader = new LineReader(() => ({ mask: (text) => text, longest: 0 }));
    const read = (text: string) => reader.timeOf({ bytes: utf8(text), cut: 0 }).time;
    expect(read('2026-01-02T03:04:05.000000001Z a')).toBe('2026-01-02T03:04:05.000000001Z');
    expect(read('no time at all')).toBe('2026-01-02T03:04:05.000000001Z');
  });

  it('goes through its short form as it is', () => {
    fc.assert(fc.property(times, (time) => expect(unpackTime(packTime(time))).toBe(time)));
    for (const bad of ['', '!', 'A']) expect(unpackTime(bad)).toBeUndefined();
  });

  it('is also an age', () => {
    const now = Date.parse('2026-01-02T03:04:05Z');
    expect(sinceTime('10m', now)).toBe('2026-01-02T02:54:05.000000000Z');
    expect(sinceTime('2026-01-01T00:00:00+01:00', now)).toBe('2025-12-31T23:00:00.000000000Z');
    expect(sinceTime('1h30m', now)).toBe('2026-01-02T01:34:05.000000000Z');
    for (const bad of ['yesterday', '10', '10m ago']) expect(sinceTime(bad, now)).toBeUndefined();
  });
});

describe('lines of many sources', () => {
  const waits = { firstMs: 200, nextMs: 25, liveMs: 4 };
  const line = (source: number, time: number, arrivedAt = 0, isLive = false) => ({
    source,
    arrivedAt,
    isLive,
    size: 1,
    time: normalTime(new Date(time).toISOString()) ?? '',
  });

  it('come in the order of their time while each source says something, and each of them once', () => {
    const sources = fc.array(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(sources, (given) => {
        const merger = new LineMerger<ReturnType<typeof line>>(waits);
        const all = given.map((own, source) => own.sort((a, b) => a - b).map((time) => line(source, time)));
        all.forEach((_, source) => merger.open(source, 0));
        all.flat().forEach((each) => merger.push(each));
        all.forEach((_, source) => merger.close(source));
        const taken = merger.take(0, Infinity);
        expect(taken).toHaveLength(all.flat().length);
        expect(taken.map(({ time }) => time)).toEqual(taken.map(({ time }) => time).toSorted());
        for (const [source, own] of all.entries()) expect(taken.filter((each) => each.source === source)).toEqual(own);
      }),
    );
  });

  it('are held up by one that says nothing for a moment, and then no more', () => {
    const merger = new LineMerger<ReturnType<typeof line>>(waits);
    merger.open(1, 0);
    merger.open(2, 0);
    merger.push(line(1, 10));
    expect(merger.take(100, Infinity)).toEqual([]);
    expect(merger.dueAt()).toBe(200);
    merger.push(line(2, 5));
    expect(merger.take(100, Infinity).map(({ source }) => source)).toEqual([2]);
    expect(merger.dueAt()).toBe(125);
    expect(merger.take(125, Infinity).map(({ source }) => source)).toEqual([1]);
    // Both are silent by now: a line waits for no more than a moment.
    merger.push(line(1, 12, 150));
    expect(merger.take(150, Infinity)).toEqual([]);
    // One that was written before and comes a little later still goes out first.
    merger.push(line(2, 11, 160));
    expect(merger.take(160, Infinity).map(({ source }) => source)).toEqual([2]);
    expect(merger.dueAt()).toBe(185);
    expect(merger.take(185, Infinity).map(({ source }) => source)).toEqual([1]);
  });

  it('that come as they are written wait for less, unless another still tells of what was before', () => {
    const merger = new LineMerger<ReturnType<typeof line>>(waits);
    for (const source of [1, 2]) merger.open(source, 0);
    merger.push(line(1, 10, 300, true));
    expect(merger.dueAt()).toBe(304);
    expect(merger.take(304, Infinity)).toHaveLength(1);
    merger.push(line(2, 1, 400));
    expect(merger.take(425, Infinity).map(({ source }) => source)).toEqual([2]);
    merger.push(line(1, 12, 430, true));
    expect(merger.dueAt()).toBe(450);
  });

  it('wait where they are when too many of one source wait for another', () => {
    const merger = new LineMerger<ReturnType<typeof line>>(waits);
    merger.open(1, 0);
    merger.open(2, 0);
    let pushed = 0;
    for (; merger.hasRoom(1); pushed++) merger.push(line(1, pushed));
    expect(pushed).toBe(2_000);
    expect(merger.hasRoom(2)).toBe(true);
    expect(merger.take(200, 10)).toHaveLength(10);
    expect(merger.hasRoom(1)).toBe(true);
  });
});

describe('a place to go on from', () => {
  it('is the same when it was packed and unpacked, for as many containers as there are', () => {
    fc.assert(
      fc.property(times, fc.array(fc.tuple(fc.uuid(), times, fc.integer({ min: 1, max: 5 }))), (since, containers) => {
        const positions = new Positions(since);
        for (const [uid, time, count] of containers) positions.set(positionKey(uid, 'web'), { time, count });
        const again = unpackPositions(positions.pack());
        expect(again?.since).toBe(since);
        for (const [uid] of containers)
          expect(again?.of(positionKey(uid, 'web'))).toEqual(positions.of(positionKey(uid, 'web')));
      }),
    );
    for (const bad of ['', '!', 'a.b', 'zz.key-!']) expect(unpackPositions(bad)).toBeUndefined();
    const positions = new Positions('2026-01-01T00:00:00.000000000Z', new Map([['k', NOTHING_HAD]]));
    expect(unpackPositions(positions.pack())?.of('k')).toEqual(NOTHING_HAD);
  });

  it('leads on without a line lost or had twice, wherever the reading ended and whatever lines have the same time', () => {
    const log = fc.array(fc.nat(6), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(log, fc.nat(), (steps, cut) => {
        let now = Date.parse('2026-01-01T00:00:00Z');
        const lines = steps.map((step, index) => {
          now += step < 3 ? 0 : step * 300;
          return { time: normalTime(new Date(now).toISOString()) ?? '', index };
        });
        const had = lines.slice(0, cut % (lines.length + 1));
        const positions = new Positions('1970-01-01T00:00:00.000000000Z');
        let position: Position | undefined;
        for (const { time } of had) position = advanced(position, time);
        if (position !== undefined) positions.set('k', position);
        const from = unpackPositions(positions.pack())?.of('k');
        // As a server reads it back: from the beginning of that second.
        const second = `${(from?.time ?? '').slice(0, 19)}.`;
        const again = lines.filter(({ time }) => from === undefined || time >= second);
        const repeated = new Repeated(from);
        const next = again.filter(({ time }) => !repeated.has(time));
        expect([...had, ...next]).toEqual(lines);
      }),
    );
  });
});
