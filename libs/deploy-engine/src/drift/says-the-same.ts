import type { JsonValue } from '@ushadow/kubernetes';
import { isJsonObject } from '@ushadow/kubernetes';

/** Maps that the API server replaces as a whole: what others add there is taken away by the next write. */
const ATOMIC: ReadonlySet<string> = new Set([
  ...['selector', 'matchLabels', 'podSelector', 'namespaceSelector', 'nodeSelector'],
]);

/**
 * Whether a live object surely says all that is wanted of it, whatever the server and others have added. False may also mean
 * that it says so in other words: then the server has to be asked.
 */
export function saysTheSame(wanted: JsonValue | undefined, live: JsonValue | undefined, key = ''): boolean {
  if (Array.isArray(wanted)) return Array.isArray(live) && sameItems(wanted, live, key);
  if (!isJsonObject(wanted)) return wanted === live;
  if (!isJsonObject(live)) return false;
  if (ATOMIC.has(key) && Object.keys(live).length !== Object.keys(wanted).length) return false;
  return Object.entries(wanted).every(([name, value]) => value === undefined || saysTheSame(value, live[name], name));
}

function sameItems(wanted: readonly JsonValue[], live: readonly JsonValue[], key: string): boolean {
  return wanted.length === live.length && wanted.every((item, index) => saysTheSame(item, live[index], key));
}
