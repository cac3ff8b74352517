import type { JsonObject } from '../json.ts';
import type { CallOptions } from '../operations.ts';
import { ANSWER_LIMITS } from './answer-limits.ts';
import type { HttpClient } from './http-client.ts';
import { parseJson } from './parse-json.ts';

/** What the kubelet of a node says of its pods, with the use of their volumes; asked through the API server. */
export async function readNodeSummary(client: HttpClient, node: string, options?: CallOptions): Promise<JsonObject> {
  const path = `/api/v1/nodes/${encodeURIComponent(node)}/proxy/stats/summary`;
  const operation = `read the summary of node ${node}`;
  const { objectMaxBytes: maxBytes } = ANSWER_LIMITS;
  return parseJson((await client.send({ ...options, operation, method: 'GET', path, maxBytes })).text);
}
