import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { isJsonObject, listAt, textAt } from '@ushadow/kubernetes';
import { maskSecret } from './mask-secret.ts';

export interface FieldManager {
  readonly manager: string;
  readonly operation: string;
  readonly subresource: string;
  readonly at: string | null;
}

/** An object as it may be shown: what its managers own folded to their names, values of Secrets masked. */
export interface ShownObject {
  readonly object: KubeObject;
  readonly managers: readonly FieldManager[];
}

export function shownObject(live: KubeObject): ShownObject {
  const { managedFields: _folded, ...metadata } = live.metadata;
  const managers = listAt(live, ['metadata', 'managedFields']).map((entry) => ({
    manager: textAt(entry, ['manager']),
    operation: textAt(entry, ['operation']),
    subresource: textAt(entry, ['subresource']),
    at: textAt(entry, ['time']) || null,
  }));
  return { object: maskSecret(maskApplied({ ...live, metadata })), managers };
}

/** What kubectl has applied last may be a Secret, whatever object it stands on. */
function maskApplied(object: KubeObject): KubeObject {
  const { annotations } = object.metadata;
  if (annotations === undefined) return object;
  const masked = Object.entries(annotations).map(([key, text]): [string, string] => [key, maskText(text)]);
  return { ...object, metadata: { ...object.metadata, annotations: Object.fromEntries(masked) } };
}

function maskText(text: string): string {
  if (!text.includes('"Secret"')) return text;
  const value = parse(text);
  if (value === undefined) return text;
  const masked = maskSecretsIn(value);
  return masked === value ? text : JSON.stringify(masked);
}

function maskSecretsIn(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(maskSecretsIn);
  if (!isJsonObject(value)) return value;
  if (value['kind'] === 'Secret') return maskSecret(value as unknown as KubeObject) as unknown as JsonObject;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, item === undefined ? item : maskSecretsIn(item)]),
  );
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
