import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import { valueAt, type JsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { formatApiVersion } from '../object-id.ts';
import type { ListOptions, ListResult, ListTarget } from '../operations.ts';
import type { BodyReader } from './http-client.ts';
import { parseObject } from './parse-json.ts';
import type { ListAnswer } from './read-list.ts';
import { readList } from './read-list.ts';

type Query = Readonly<Record<string, string | number | undefined>>;
type FetchPage = <A>(query: Query, read: BodyReader<A>) => Promise<A>;

interface ListWork<T> {
  readonly target: ListTarget;
  readonly project: (object: KubeObject) => T;
  /** Of one page. */
  readonly maxBytes: number;
}

const DEFAULT_PAGE_SIZE = 500;
/** An object of etcd's greatest size, spelled as JSON. */
const ITEM_MAX_BYTES = 8 * 1024 * 1024;
/** A snapshot is kept for five minutes; a list that outlives it begins again, and seldom twice. */
const RESTARTS_MAX = 2;

export async function listPages<T>(
  fetchPage: FetchPage,
  work: ListWork<T>,
  options: ListOptions = {},
): Promise<ListResult<T>> {
  const { labelSelector, fieldSelector } = work.target;
  const { itemsMax = Infinity, pageSize: limit = DEFAULT_PAGE_SIZE } = options;
  const items: T[] = [];
  let next: string | undefined;
  let restarts = 0;
  for (;;) {
    const read = pageReader(work, itemsMax - items.length);
    const query = { limit, labelSelector, fieldSelector, continue: next };
    const page = await fetchPage(query, read).catch((error: unknown) => {
      if (next === undefined || !isGone(error) || restarts === RESTARTS_MAX) throw error;
    });
    if (page === undefined) {
      // Pages of two snapshots may not be mixed.
      restarts += 1;
      items.length = 0;
      next = undefined;
      continue;
    }
    for (const item of page.items) items.push(item);
    next = textOf(page.metadata, 'continue');
    const remaining = next === undefined ? 0 : page.metadata['remainingItemCount'];
    options.onPage?.({ listed: items.length, remaining: typeof remaining === 'number' ? remaining : undefined });
    if (next === undefined) return { items, resourceVersion: textOf(page.metadata, 'resourceVersion') ?? '' };
  }
}

/** How many objects there are, by a page of one; undefined where the server does not say how many follow. */
export async function countOnPage(
  fetchPage: (query: Query) => Promise<JsonObject>,
  { labelSelector, fieldSelector }: ListTarget,
): Promise<number | undefined> {
  const page = await fetchPage({ limit: 1, labelSelector, fieldSelector });
  const first = page['items'];
  const rest = valueAt(page, ['metadata', 'remainingItemCount']);
  const isWhole = (valueAt(page, ['metadata', 'continue']) ?? '') === '';
  if (!Array.isArray(first) || (!isWhole && typeof rest !== 'number')) return undefined;
  return first.length + (typeof rest === 'number' ? rest : 0);
}

function pageReader<T>({ target, project, maxBytes }: ListWork<T>, itemsMax: number): BodyReader<ListAnswer<T>> {
  // List items carry no apiVersion and kind of their own.
  const type = { apiVersion: formatApiVersion(target), kind: target.kind };
  const limits = { maxBytes, itemsMax, itemMaxBytes: ITEM_MAX_BYTES };
  return (body) => readList(body, (item) => project(parseObject(item, type)), limits);
}

function textOf(metadata: JsonObject, key: string): string | undefined {
  const value = metadata[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isGone = (error: unknown): boolean => error instanceof KubernetesApiError && error.httpStatus === 410;
