import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { Clock } from '../clock.ts';
import { valueAt, type JsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { formatApiVersion } from '../object-id.ts';
import type { ListOptions, ListResult, ListTarget } from '../operations.ts';
import { ANSWER_LIMITS, tooLarge } from './answer-limits.ts';
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
  /** Of all pages. */
  readonly totalMaxBytes: number;
  readonly clock: Pick<Clock, 'now'>;
}

const DEFAULT_PAGE_SIZE = 500;
/** A snapshot is kept for five minutes; a list that outlives it begins again, and seldom twice. */
const RESTARTS_MAX = 2;

export async function listPages<T>(
  fetchPage: FetchPage,
  work: ListWork<T>,
  options: ListOptions = {},
): Promise<ListResult<T>> {
  const { labelSelector, fieldSelector } = work.target;
  const { itemsMax = ANSWER_LIMITS.listItemsMax, pageSize: limit = DEFAULT_PAGE_SIZE } = options;
  const items: T[] = [];
  let next: string | undefined;
  let restarts = 0;
  const budget = new ListBudget(work);
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
    budget.spend(page.bytes);
    for (const item of page.items) items.push(item);
    const here = next;
    next = textOf(page.metadata, 'continue');
    if (next !== undefined && next === here) throw goesNowhere();
    const remaining = next === undefined ? 0 : countOf(page.metadata['remainingItemCount']);
    options.onPage?.({ listed: items.length, remaining });
    if (next === undefined) return { items, resourceVersion: textOf(page.metadata, 'resourceVersion') ?? '' };
  }
}

/** What one list may cost, over all its pages and restarts: a server can always say that there is another page. */
class ListBudget {
  readonly #work: Pick<ListWork<unknown>, 'totalMaxBytes' | 'clock'>;
  readonly #startedAt: number;
  #pages = 0;
  #bytes = 0;

  constructor(work: Pick<ListWork<unknown>, 'totalMaxBytes' | 'clock'>) {
    this.#work = work;
    this.#startedAt = work.clock.now();
  }

  spend(bytes: number): void {
    const { totalMaxBytes, clock } = this.#work;
    const { listPagesMax, listMaxMs } = ANSWER_LIMITS;
    this.#pages += 1;
    this.#bytes += bytes;
    if (this.#pages > listPagesMax) throw tooLarge(`a list of more than ${listPagesMax} pages`);
    if (this.#bytes > totalMaxBytes) throw tooLarge(`a list of more than ${totalMaxBytes} bytes`);
    if (clock.now() - this.#startedAt <= listMaxMs) return;
    const message = `the API server did not come to the end of a list within ${listMaxMs / 1_000} s`;
    throw new KubernetesApiError({ httpStatus: 0, reason: 'DeadlineExceeded', message });
  }
}

function goesNowhere(): KubernetesApiError {
  const message = 'the API server sends the same page of a list again and again';
  return new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}

/** How many objects there are, by a page of one; undefined where the server does not say how many follow. */
export async function countOnPage(
  fetchPage: (query: Query) => Promise<JsonObject>,
  { labelSelector, fieldSelector }: ListTarget,
): Promise<number | undefined> {
  const page = await fetchPage({ limit: 1, labelSelector, fieldSelector });
  const first = page['items'];
  const rest = countOf(valueAt(page, ['metadata', 'remainingItemCount']));
  const isWhole = (valueAt(page, ['metadata', 'continue']) ?? '') === '';
  if (!Array.isArray(first) || (!isWhole && rest === undefined)) return undefined;
  return first.length + (rest ?? 0);
}

/** A number of objects that a list could have. */
function countOf(value: unknown): number | undefined {
  const isCount = typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
  return isCount && value <= ANSWER_LIMITS.listItemsMax ? value : undefined;
}

function pageReader<T>({ target, project, maxBytes }: ListWork<T>, itemsMax: number): BodyReader<ListAnswer<T>> {
  // List items carry no apiVersion and kind of their own.
  const type = { apiVersion: formatApiVersion(target), kind: target.kind };
  const limits = { maxBytes, itemsMax, itemMaxBytes: ANSWER_LIMITS.objectMaxBytes };
  return (body) => readList(body, (item) => project(parseObject(item, type)), limits);
}

function textOf(metadata: JsonObject, key: string): string | undefined {
  const value = metadata[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

const isGone = (error: unknown): boolean => error instanceof KubernetesApiError && error.httpStatus === 410;
