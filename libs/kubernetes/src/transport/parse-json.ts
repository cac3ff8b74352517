import { KubernetesApiError } from '../errors/kubernetes-api-error.ts';
import type { JsonObject } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { KubeObject } from '../object.ts';

/** @throws KubernetesApiError with reason `UnexpectedResponse`: something else than an API server answered. */
export function parseJson(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return value;
  } catch {
    // Falls through to the same error.
  }
  const message = 'the answer is not what a Kubernetes API server sends';
  throw new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}

/** A whole object, of a kind named by the answer or, in lists, by the list. */
export function parseObject(value: unknown, kind?: { apiVersion: string; kind: string }): KubeObject {
  if (isJsonObject(value) && isJsonObject(value['metadata'])) return { ...kind, ...value } as KubeObject;
  const message = 'the answer is not a Kubernetes object';
  throw new KubernetesApiError({ httpStatus: 0, reason: 'UnexpectedResponse', message });
}
