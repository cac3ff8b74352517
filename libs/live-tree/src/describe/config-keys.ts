import type { KubeObject } from '@ushadow/kubernetes';
import { decodeBase64, decodeBase64Text, isJsonObject, utf8Length } from '@ushadow/kubernetes';

/** A key of a ConfigMap or a Secret, without its value. */
export interface ConfigKey {
  readonly key: string;
  readonly bytes: number;
}

export function configKeys(object: KubeObject): ConfigKey[] {
  const isSecret = object.kind === 'Secret';
  const keys = [
    ...keysIn(object, 'data', isSecret ? encodedLength : utf8Length),
    ...keysIn(object, 'binaryData', encodedLength),
  ];
  return keys.sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** The value of one key of a Secret; where it is no text, base64. Undefined where there is no such key. */
export function secretValue(
  secret: KubeObject,
  key: string,
): { readonly value: string; readonly encoding: 'text' | 'base64' } | undefined {
  const { data } = secret;
  const encoded = isJsonObject(data) && Object.hasOwn(data, key) ? data[key] : undefined;
  if (typeof encoded !== 'string') return undefined;
  const text = decodeBase64Text(encoded);
  return text === undefined ? { value: encoded, encoding: 'base64' } : { value: text, encoding: 'text' };
}

function keysIn(object: KubeObject, field: string, lengthOf: (text: string) => number): ConfigKey[] {
  const value = object[field];
  if (!isJsonObject(value)) return [];
  return Object.entries(value).map(([key, text]) => ({ key, bytes: typeof text === 'string' ? lengthOf(text) : 0 }));
}

function encodedLength(text: string): number {
  return decodeBase64(text)?.length ?? text.length;
}
