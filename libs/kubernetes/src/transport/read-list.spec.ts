import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readList } from './read-list.ts';

const limits = { maxBytes: 1_000_000, itemMaxBytes: 10_000, itemsMax: 1_000 };

async function* cut(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
}
const read = (text: string, size = 7, own: Partial<typeof limits> = {}) =>
  readList(cut(text, size), (item) => item, { ...limits, ...own });
const list = (items: unknown, metadata: object = { resourceVersion: '7' }) =>
  JSON.stringify({ kind: 'PodList', apiVersion: 'v1', metadata, items });

describe('a list read as its bytes come', () => {
  it('gives the items a parser gives, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue())),
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 2),
        async (items, metadata, size, indent) => {
          const text = JSON.stringify({ kind: 'XList', items, metadata }, null, indent);
          const parsed = JSON.parse(text) as { items: unknown; metadata: unknown };
          const bytes = Buffer.byteLength(text);
          expect(await read(text, size)).toEqual({ items: parsed.items, metadata: parsed.metadata, bytes });
        },
      ),
    );
  });

  it('takes brackets, quotes and escapes in strings for text', async () => {
    const items = [{ a: ']}{[', b: '\\"', c: '"items":[', 'd"': '\\' }, { items: [{ items: [] }] }];
    for (let size = 1; size < 9; size++) expect((await read(list(items), size)).items).toEqual(items);
  });

  it('holds what the caller takes from an item, and no item', async () => {
    const text = list([{ name: 'a' }, { name: 'b' }]);
    expect((await readList(cut(text, 5), (item) => item['name'], limits)).items).toEqual(['a', 'b']);
  });

  it('reads a list without items as an empty one', async () => {
    expect((await read(list([]))).items).toEqual([]);
    expect((await read(list(null))).items).toEqual([]);
  });

  it.each([
    ['a page of HTML', '<!doctype html><html><body>canary</body></html>'],
    ['text', 'canary'],
    ['nothing', ''],
    ['white space', '  \n '],
    ['a list without an envelope', '[{"kind":"Pod"}]'],
    ['an object of another kind', JSON.stringify({ kind: 'Status', status: 'Failure', message: 'canary' })],
    ['an object of no kind', '{"items":[{"a":"canary"}]}'],
    ['a list without metadata', '{"kind":"PodList","items":[]}'],
    ['items that are no objects', list(['canary'])],
    ['an item that is no JSON', '{"kind":"PodList","metadata":{},"items":[{canary}]}'],
    ['an envelope that is no JSON', '{"kind":"PodList","metadata":{},"items":[],canary}'],
    ['an end too early', list([{ a: 'canary' }]).slice(0, -1)],
    ['an item cut off', list([{ a: 'canary' }]).slice(0, -8)],
    ['more after the end', `${list([])}{"canary":1}`],
    ['closing brackets alone', '}}]]'],
  ])('refuses %s, and does not repeat it', async (_name, text) => {
    const error = await read(text).then(
      () => undefined,
      (failed: Error) => failed,
    );
    expect(error).toMatchObject({ httpStatus: 0, reason: 'UnexpectedResponse' });
    expect(error?.message).not.toContain('canary');
  });

  it('gives up at the first byte that no list has, not at the end of a body without end', async () => {
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; ; sent++) yield await Promise.resolve(Buffer.from('<html>'));
    }
    await expect(readList(endless(), (item) => item, limits)).rejects.toMatchObject({ reason: 'UnexpectedResponse' });
    expect(sent).toBe(0);
  });

  it.each<[what: string, text: string, own: Partial<typeof limits>]>([
    ['a body', list([{ a: 'x'.repeat(500) }]), { maxBytes: 400 }],
    ['an item', list([{ a: 'x'.repeat(500) }]), { itemMaxBytes: 400 }],
    ['a number of items', list([{}, {}, {}]), { itemsMax: 2 }],
    ['what stands around the items', list([], { a: 'x'.repeat(300_000) }), {}],
  ])('refuses %s beyond its limit', async (_what, text, own) => {
    await expect(read(text, 64, own)).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
  });
});
