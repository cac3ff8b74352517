import { describe, expect, it } from '@jest/globals';
import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { ListProgress } from '../operations.ts';
import type { BodyReader } from './http-client.ts';
import { listPages } from './list-pages.ts';

const target = { group: '', version: 'v1', kind: 'Pod' };
const project = (object: { metadata: { name?: string } }) => object.metadata.name;
const clock = { now: () => 0 };
const work = { target, project, maxBytes: 10_000, totalMaxBytes: 100_000, clock };
const expired = new KubernetesApiError({ httpStatus: 410, reason: 'Expired', message: 'too old' });

interface Page {
  readonly names: readonly string[];
  readonly next?: string;
  readonly remaining?: number;
}

/** Answers one request after the other; notes the token each was asked with. */
function server(...answers: (Page | KubernetesApiError)[]) {
  const asked: (string | undefined)[] = [];
  const fetchPage = async <A>(query: Readonly<Record<string, unknown>>, read: BodyReader<A>): Promise<A> => {
    asked.push(query['continue'] as string | undefined);
    const answer = answers.shift();
    if (answer === undefined) throw new Error('one request too many');
    if (answer instanceof KubernetesApiError) throw answer;
    const { names, next, remaining } = answer;
    const metadata = { resourceVersion: '7', continue: next ?? '', remainingItemCount: remaining };
    const items = names.map((name) => ({ metadata: { name } }));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(JSON.stringify({ kind: 'PodList', metadata, items })));
    }
    return read(body());
  };
  return { asked, fetchPage };
}

describe('a list in pages', () => {
  it('asks for the next page until there is none, and reports how far it is', async () => {
    const { asked, fetchPage } = server(
      { names: ['a', 'b'], next: '1', remaining: 3 },
      { names: ['c'], next: '2' },
      { names: ['d'] },
    );
    const progress: ListProgress[] = [];
    const { items } = await listPages(fetchPage, work, { onPage: (each) => progress.push(each) });
    expect(items).toEqual(['a', 'b', 'c', 'd']);
    expect(asked).toEqual([undefined, '1', '2']);
    expect(progress).toEqual([
      { listed: 2, remaining: 3 },
      { listed: 3, remaining: undefined },
      { listed: 4, remaining: 0 },
    ]);
  });

  it('begins again when the snapshot behind the pages is gone, without the objects read so far', async () => {
    const { asked, fetchPage } = server({ names: ['old'], next: '1' }, expired, { names: ['a'], next: '2' }, expired, {
      names: ['b'],
    });
    expect((await listPages(fetchPage, work)).items).toEqual(['b']);
    expect(asked).toEqual([undefined, '1', undefined, '2', undefined]);
  });

  it('does not begin again for ever, nor for a 410 that is not about the pages', async () => {
    const page = { names: ['a'], next: '1' };
    const stubborn = server(page, expired, page, expired, page, expired);
    await expect(listPages(stubborn.fetchPage, work)).rejects.toBe(expired);
    await expect(listPages(server(expired).fetchPage, work)).rejects.toBe(expired);
  });

  it('counts the objects of all pages against the limit', async () => {
    const { fetchPage } = server({ names: ['a', 'b'], next: '1' }, { names: ['c', 'd'], next: '2' });
    await expect(listPages(fetchPage, work, { itemsMax: 3 })).rejects.toMatchObject({ reason: 'ResponseTooLarge' });
  });
});
