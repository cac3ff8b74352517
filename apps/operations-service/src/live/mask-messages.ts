import { isJsonObject, type JsonValue, type KubeObject } from '@ushadow/kubernetes';

type Mask = (text: string) => string;

/**
 * An object without what is secret in its messages: what a container has written last, or what a probe was answered, is told in
 * them. The same object where nothing of that stands there.
 */
export function maskMessages(object: KubeObject, mask: Mask): KubeObject {
  const { message, status } = object;
  const [shownMessage, shownStatus] = [masked('message', message, mask), masked('status', status, mask)];
  if (shownMessage === message && shownStatus === status) return object;
  return {
    ...object,
    ...(shownMessage === undefined ? {} : { message: shownMessage }),
    ...(shownStatus === undefined ? {} : { status: shownStatus }),
  };
}

function masked(key: string, value: JsonValue | undefined, mask: Mask): JsonValue | undefined {
  if (typeof value === 'string') return key === 'message' ? mask(value) : value;
  if (Array.isArray(value)) {
    const items = value as readonly JsonValue[];
    const shown = items.map((item) => masked(key, item, mask) ?? null);
    return shown.some((item, at) => item !== items[at]) ? shown : value;
  }
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, item]) => [name, masked(name, item, mask)] as const);
  return entries.some(([name, item]) => item !== value[name]) ? Object.fromEntries(entries) : value;
}
