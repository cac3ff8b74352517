import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { ANSWER_LIMITS, tooDeep } from './answer-limits.ts';

/**
 * @throws KubernetesApiError with reason `UnexpectedResponse`: something else than an API server answered;
 *   `ResponseTooLarge`: deeper than whoever walks through it can go
 */
export function parseJson(text: string): JsonObject {
  refuseDepth(text);
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through to the same error.
  }
  const message = 'the answer is not what a Kubernetes API server sends';
  throw new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}

/** Looks at brackets outside of strings alone. */
function refuseDepth(text: string): void {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        inString = !inString;
        break;
      case '\\':
        // The escaped character, which may be a quote.
        at += 1;
        break;
      case '{':
      case '[':
        if (!inString && ++depth > ANSWER_LIMITS.depthMax) throw tooDeep();
        break;
      case '}':
      case ']':
        if (!inString) depth -= 1;
        break;
      default:
    }
  }
}

/** A whole object, of a kind named by the answer or, in lists, by the list. */
export function parseObject(value: unknown, kind?: { apiVersion: string; kind: string }): KubeObject {
  if (isJsonObject(value) && isJsonObject(value['metadata'])) return { ...kind, ...value } as KubeObject;
  const message = 'the answer is not a Kubernetes object';
  throw new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}
