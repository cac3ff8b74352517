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
