import type { JsonObject } from '../json.ts';
import { isJsonObject, valueAt } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { formatApiVersion } from '../object-id.ts';
import type { ListOptions, ListResult, ListTarget } from '../operations.ts';
import { parseObject } from './parse-json.ts';

type Query = Readonly<Record<string, string | number | undefined>>;

const DEFAULT_PAGE_SIZE = 500;

export async function listPages(
  fetchPage: (query: Query) => Promise<JsonObject>,
  target: ListTarget,
  options?: ListOptions,
): Promise<ListResult> {
  const items: KubeObject[] = [];
  const { labelSelector, fieldSelector, kind } = target;
  const type = { apiVersion: formatApiVersion(target), kind };
  let next: string | undefined;
  for (;;) {
    const query = { limit: options?.pageSize ?? DEFAULT_PAGE_SIZE, labelSelector, fieldSelector, continue: next };
    const page = await fetchPage(query);
    const pageItems = page['items'];
    // List items carry no apiVersion and kind of their own.
    if (Array.isArray(pageItems)) items.push(...pageItems.filter(isJsonObject).map((item) => parseObject(item, type)));
    const token = valueAt(page, ['metadata', 'continue']);
    if (typeof token !== 'string' || token === '') {
      return { items, resourceVersion: String(valueAt(page, ['metadata', 'resourceVersion']) ?? '') };
    }
    next = token;
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
