import type { Client } from '@ushadow/contracts';
import { useState } from 'react';
import { api } from './client.ts';
import { useAction } from './use-action.ts';
import { useQuery } from './use-query.ts';

type Paged = 'listStacks' | 'listDeployments' | 'listAudit' | 'listTemplates' | 'diffRevisions';
type InputFor<K extends Paged> = Parameters<Client[K]>[0];
type OutputFor<K extends Paged> = Awaited<ReturnType<Client[K]>>;

/** How a page is read: its rows, and what has to be asked for the next one; null on the last. */
export interface PageReader<K extends Paged, Item> {
  readonly itemsOf: (page: OutputFor<K>) => readonly Item[];
  readonly nextOf: (page: OutputFor<K>) => InputFor<K> | null;
  readonly keyOf: (item: Item) => string;
}

export interface Pages<Item> {
  readonly items: readonly Item[] | undefined;
  readonly error: unknown;
  readonly reload: () => void;
  readonly hasMore: boolean;
  readonly more: () => Promise<void>;
  readonly isLoadingMore: boolean;
  readonly moreError: unknown;
}

interface OlderPages<Item, Next> {
  readonly of: string;
  readonly items: readonly Item[];
  readonly next: Next | null;
}

/** The newest page, kept up to date, and the older ones as they were when asked for. `reader` must not change. */
export function usePages<K extends Paged, Item>(
  operation: K,
  scope: InputFor<K>,
  reader: PageReader<K, Item>,
  pollMs: number | null,
): Pages<Item> & { readonly newest: OutputFor<K> | undefined } {
  const first = useQuery(operation, scope, { pollMs });
  const of = JSON.stringify(scope);
  const [loaded, setLoaded] = useState<OlderPages<Item, InputFor<K>> | null>(null);
  const older = loaded?.of === of ? loaded : null;
  const { data } = first;
  const next = older === null ? (data === undefined ? null : reader.nextOf(data)) : older.next;
  const more = useAction(async () => {
    if (next === null) return;
    const ask = api[operation] as (input: InputFor<K>) => Promise<OutputFor<K>>;
    const page = await ask({ ...scope, ...next });
    setLoaded({ of, items: [...(older?.items ?? []), ...reader.itemsOf(page)], next: reader.nextOf(page) });
  });
  return {
    newest: data,
    items: data === undefined ? undefined : withoutRepeats([...reader.itemsOf(data), ...(older?.items ?? [])], reader),
    error: first.error,
    reload: first.reload,
    hasMore: next !== null,
    more: more.run,
    isLoadingMore: more.busy,
    moreError: more.error,
  };
}

/** New rows push others over the edge of the first page, so that two pages can name the same one: the newer answer counts. */
function withoutRepeats<Item>(items: readonly Item[], { keyOf }: { readonly keyOf: (item: Item) => string }): Item[] {
  const known = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
