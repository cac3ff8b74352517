import type { JsonObject, JsonValue, KubeObject } from '@ushadow/kubernetes';
import { decodeBase64Text, isJsonObject } from '@ushadow/kubernetes';

export const MASK = '[redacted]';

/** Shorter ones are found everywhere. */
const TELLING_CHARS = 4;
/** Tools write there what they have applied, in forms of their own. */
const APPLIED = /applied|last-/;

/** A Secret with its keys and without its values, also where annotations repeat them; anything else as it is. */
export function maskSecret(object: KubeObject): KubeObject {
  if (object.kind !== 'Secret') return object;
  const values = valuesOf(object);
  // What was applied may have none.
  const { annotations } = (object.metadata as KubeObject['metadata'] | undefined) ?? {};
  const masked = {
    ...object,
    ...maskedField(object, 'data'),
    ...maskedField(object, 'stringData'),
  } as KubeObject;
  if (annotations === undefined) return masked;
  const shown = Object.entries(annotations).map(([key, text]): [string, string] => [
    key,
    APPLIED.test(key) || values.some((value) => String(text).includes(value)) ? MASK : text,
  ]);
  return { ...masked, metadata: { ...object.metadata, annotations: Object.fromEntries(shown) } };
}

/** Whatever stands there is masked: an invalid Secret may hold a number or a list where the map belongs. */
function maskedField(object: KubeObject, field: string): JsonObject {
  const value = object[field];
  if (value === undefined || value === null) return {};
  if (!isJsonObject(value)) return { [field]: MASK };
  return { [field]: Object.fromEntries(Object.keys(value).map((key) => [key, MASK])) };
}

/** As they stand there, and what they mean. */
function valuesOf(object: KubeObject): string[] {
  const texts = (field: string): string[] => {
    const value: JsonValue | undefined = object[field];
    return isJsonObject(value) ? Object.values(value).filter((text) => typeof text === 'string') : [];
  };
  const encoded = texts('data');
  const all = [...encoded, ...encoded.flatMap((text) => decodeBase64Text(text) ?? []), ...texts('stringData')];
  return all.filter((value) => value.length >= TELLING_CHARS);
}
