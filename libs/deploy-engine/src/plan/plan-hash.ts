import type { JsonValue } from '@ushadow/kubernetes';
import { canonicalJson, hmacSha256Hex, objectKey } from '@ushadow/kubernetes';
import type { PlanEntry } from './plan.ts';

export function digest(key: string, value: JsonValue): string {
  return hmacSha256Hex(key, canonicalJson(value));
}

/** What must be the same for an approval to hold. resourceVersion is left out: every status update moves it. */
function entryDigest(key: string, entry: PlanEntry): string {
  const { object, action, uid = '', desiredDigest, changeDigest, adopts } = entry;
  const adoption = adopts === true ? ['adopts'] : [];
  return digest(key, [objectKey(object), action, uid, desiredDigest, changeDigest, ...adoption]);
}

export function planHash(key: string, entries: readonly PlanEntry[], options: JsonValue): string {
  return digest(key, [entries.map((entry) => entryDigest(key, entry)).sort(), options]);
}
