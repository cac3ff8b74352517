import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import { tooLarge } from './answer-limits.ts';
import { parseJson } from './parse-json.ts';

import type { SplitLimits } from './split-list.ts';
import { ListSplitter, notAList } from './split-list.ts';

export interface ListLimits extends SplitLimits {
  readonly maxBytes: number;
}

export interface ListAnswer<T> {
  readonly items: readonly T[];
  /** `metadata` of the list: the token of the next page, the resource version. */
  readonly metadata: JsonObject;
  /** As they came. */
  readonly bytes: number;
}

/**
 * Reads one page, turning each item into what the caller needs of it before the next is looked at.
 * Throws KubernetesApiError `UnexpectedResponse` for what is no Kubernetes list, `ResponseTooLarge` beyond a limit.
 */
export async function readList<T>(
  body: AsyncIterable<Uint8Array>,
  project: (item: JsonObject) => T,
  limits: ListLimits,
): Promise<ListAnswer<T>> {
  const items: T[] = [];
  const splitter = new ListSplitter((text) => items.push(project(parseJson(text))), limits);
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > limits.maxBytes) throw tooLarge(`more than ${limits.maxBytes} bytes`);
    splitter.push(chunk);
  }
  return { items, metadata: readMetadata(splitter.end()), bytes: size };
}

function readMetadata(envelope: string): JsonObject {
  const { kind, metadata } = parseJson(envelope);
  if (typeof kind === 'string' && kind.endsWith('List') && isJsonObject(metadata)) return metadata;
  throw notAList();
}
